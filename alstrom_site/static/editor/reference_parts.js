// Opens the parts of a bibliography entry's form that its type needs. Without this script they are opened by hand.

const type = document.getElementById("id_type");

type?.addEventListener("change", () => {
  for (const folded of document.querySelectorAll(`.part-for-${CSS.escape(type.value)} > details`)) {
    folded.open = true;
  }
});
