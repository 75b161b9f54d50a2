// Rows that can be added, moved and removed by buttons, in place of the order numbers and boxes of the plain form.

const MOST_ROWS = 200;

function start(root) {
  const list = root.querySelector("[data-rows-list]");
  const total = root.querySelector("[data-rows-total]");
  const pattern = root.querySelector("[data-rows-pattern]");
  const add = root.querySelector("[data-rows-add]");
  const status = root.querySelector("[data-rows-status]");
  const noun = root.dataset.noun;
  const title = noun[0].toUpperCase() + noun.slice(1);

  const allRows = () => [...list.querySelectorAll("[data-row]")];
  const shownRows = () => allRows().filter((row) => !row.hidden);
  const say = (...parts) => status.replaceChildren(...parts);

  function renumber() {
    const shown = shownRows();
    allRows().forEach((row, at) => {
      row.querySelector("[data-row-order]").value = at + 1;
    });
    shown.forEach((row, at) => {
      row.setAttribute("aria-label", `${title} ${at + 1}`);
      row.querySelector("[data-row-move='-1']").disabled = at === 0;
      row.querySelector("[data-row-move='1']").disabled = at === shown.length - 1;
    });
    add.disabled = allRows().length >= MOST_ROWS;
  }

  function move(row, step, button) {
    const shown = shownRows();
    const at = shown.indexOf(row);
    const other = shown[at + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    renumber();
    const still = button.disabled ? row.querySelector(`[data-row-move='${-step}']`) : button;
    still.focus();
    say(`${title} moved to place ${at + step + 1} of ${shown.length}.`);
  }

  function remove(row) {
    const place = shownRows().indexOf(row) + 1;
    const box = row.querySelector("[data-row-removed]");
    box.checked = true;
    row.hidden = true;
    renumber();
    const undo = document.createElement("button");
    undo.type = "button";
    undo.textContent = "Undo";
    undo.addEventListener("click", () => {
      box.checked = false;
      row.hidden = false;
      renumber();
      row.querySelector("[data-row-remove]").focus();
      say(`${title} ${place} is back.`);
    });
    say(`${title} ${place} removed. `, undo);
    undo.focus();
  }

  function enliven(row) {
    row.querySelector("[data-row-plain]").hidden = true;
    row.querySelector("[data-row-buttons]").hidden = false;
    row.querySelector("[data-row-remove]").addEventListener("click", () => remove(row));
    for (const button of row.querySelectorAll("[data-row-move]")) {
      button.addEventListener("click", () => move(row, Number(button.dataset.rowMove), button));
    }
    for (const input of row.querySelectorAll("input[list]")) {
      input.addEventListener("input", () => showName(input));
    }
    row.hidden = row.querySelector("[data-row-removed]").checked;
  }

  // A value that is not among the suggestions may be known all the same; the server names it after the next save.
  function showName(input) {
    const known = [...input.list.options].find((option) => option.value === input.value.trim());
    input.parentElement.querySelector("[data-row-name]").textContent = known ? known.label : "";
  }

  function addRow() {
    const index = Number(total.value);
    const holder = document.createElement("template");
    holder.innerHTML = pattern.innerHTML.replaceAll("__row__", String(index));
    const row = holder.content.firstElementChild;
    total.value = index + 1;
    list.append(row);
    enliven(row);
    renumber();
    row.querySelector("select, input").focus();
    say(`${title} ${shownRows().length} added.`);
  }

  for (const blank of list.querySelectorAll("[data-blank]")) blank.remove();
  allRows().forEach(enliven);
  add.hidden = false;
  add.addEventListener("click", addRow);
  renumber();
}

document.querySelectorAll("[data-rows]").forEach(start);
