// What changes the state: the form, the slider, the keys, and time.

const EACH_LAYER = 900; // milliseconds
let playing = null;

function option(name, value, ...inside) {
  const label = element("label"), input = Object.assign(element("input"), { type: "radio", name, value });
  const face = element("span");
  face.append(...inside);
  label.append(input, face);
  return label;
}

function refill(fieldset, options) {
  fieldset.replaceChildren(fieldset.querySelector("legend"), ...options);
}

function offerQueries() {
  const mixed = picture().queries.some(({ right }) => !right.length);
  refill(byId("queries"), picture().queries.map(({ word, right }, place) => {
    const chip = option("query", place, word);
    chip.classList.toggle("there", mixed && right.length > 0);
    return chip;
  }));
}

function offerPictures() {
  refill(byId("pictures"), data.pictures.map(({ name, queries }, place) => {
    const { address } = data.images[queries[0].said.find(Boolean).image];
    return option("picture", place, Object.assign(element("img"), { src: address, alt: name, title: name }));
  }));
}

function play() {
  if (playing) return stop();
  if (choice.step === data.layers.length) change({ step: 0 });
  playing = setInterval(() => {
    change({ step: choice.step + 1 });
    if (choice.step >= data.layers.length) stop();
  }, EACH_LAYER);
  byId("play").textContent = "❚❚";
  byId("play").setAttribute("aria-label", "Stop");
}

function stop() {
  clearInterval(playing);
  playing = null;
  byId("play").textContent = "▶";
  byId("play").setAttribute("aria-label", "Play");
}

function step(by) {
  stop();
  change({ step: Math.min(data.layers.length, Math.max(0, choice.step + by)) });
}

function movePointer(x, y) {
  const { size } = data.images[query().said.find(Boolean).image], from = choice.pointer ?? { x: 0.5, y: 0.5 };
  const moved = (place, by) => Math.min(size - 1, Math.max(0, Math.floor(place * size) + by)) / size + 0.5 / size;
  choice.pointer = { x: moved(from.x, x), y: moved(from.y, y) };
  showPanes();
  byId("spoken").textContent = panes.map((pane) => `${pane.network.title} ${pane.valueAloud}`).join(". ");
}

const KEYS = {
  ArrowLeft: () => step(-1), ArrowRight: () => step(1),
  Home: () => step(-Infinity), End: () => step(Infinity),
  a: () => change({ product: !choice.product }), n: () => change({ smooth: !choice.smooth }),
  f: () => change({ heat: false }), h: () => change({ heat: true }),
};
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(".scrolled")) return;
  const { key, target } = event, asked = picture().queries.findIndex(({ word }) => word === key);
  if (event.shiftKey && MOVES[key] && target.matches(".view")) movePointer(...MOVES[key]);
  else if (key === " " && !target.matches("button, input, summary")) play();
  else if (asked >= 0) change({ query: asked });
  else if (!event.shiftKey && KEYS[key]) KEYS[key]();
  else return;
  event.preventDefault();
}

byId("play").addEventListener("click", play);
byId("step").max = data.layers.length;
byId("step").addEventListener("input", (event) => { stop(); change({ step: Number(event.target.value) }); });
byId("stops").append(...["input", ...data.layers].map((name, place) => {
  const label = element("span", name);
  label.style.setProperty("--place", place / data.layers.length);
  label.addEventListener("click", () => { stop(); change({ step: place }); });
  return label;
}));
form.addEventListener("change", ({ target: { name, value } }) => {
  change({ [name]: ["picture", "query"].includes(name) ? Number(value) : value === "on" });
});
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", press);
choice.query = firstQuery();
offerPictures();
offerQueries();
byId("panes").append(...panes.map((pane) => pane.root));
show();
new ResizeObserver(() => panes.forEach((pane) => pane.redraw())).observe(byId("panes"));
