// A list of boxes: one box ticks all of them, and the button says how many are ticked. Without it the box for all is
// sent as what it is, and the button speaks of what is ticked.

function start(form) {
  const boxes = [...form.querySelectorAll(`input[type="checkbox"][name="${form.dataset.ticking}"]`)];
  const all = form.querySelector("[data-ticks-all]");
  const button = form.querySelector("[data-ticked-many]");
  const words = button.textContent;

  function look() {
    const ticked = boxes.filter((box) => box.checked).length;
    if (all) {
      all.checked = boxes.length > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && !all.checked;
    }
    const { tickedOne, tickedMany } = button.dataset;
    button.textContent = [words, tickedOne][ticked] ?? tickedMany.replace("#", ticked);
  }

  // Only what is ticked one by one is sent: what the person sees, and nothing that came to the list since.
  all?.removeAttribute("name");
  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes) box.checked = all.checked;
    look();
  });
  // A page that comes back from the browser's memory brings its ticks after this has run.
  window.addEventListener("pageshow", look);
  look();
}

for (const form of document.querySelectorAll("form[data-ticking]")) start(form);
