// Light or dark as the system is, until the button is pressed. In the head: the first picture has its colours.

const dark = matchMedia("(prefers-color-scheme: dark)");

function turn(theme) {
  document.documentElement.dataset.theme = theme;
}

turn(dark.matches ? "dark" : "light");
dark.addEventListener("change", () => turn(dark.matches ? "dark" : "light"));
document.addEventListener("DOMContentLoaded", () => document.getElementById("theme").addEventListener("click", () => {
  turn(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
}));
