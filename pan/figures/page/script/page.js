// The page: one state, the controls that change it, and the panes that show it.

const EACH_LAYER = 900; // milliseconds
const byId = (name) => document.getElementById(name);
const data = await read(JSON.parse(byId("data").textContent));
const form = document.querySelector("form");
const choice = { picture: 0, query: 0, step: data.layers.length, product: true, heat: false, smooth: true, pointer: null };
const panes = data.networks.map((network) => new Pane(network, data, {
  step: (step) => change({ step }),
  point: (pointer) => { choice.pointer = pointer; showPanes(); },
}));
let playing = null;

function picture() {
  return data.pictures[choice.picture];
}

function query() {
  return picture().queries[choice.query];
}

// The first query that the picture is known to have, else the first.
function firstQuery() {
  return Math.max(0, picture().queries.findIndex(({ right }) => right.length));
}

// The answers for which there are bars, the same for all networks: of many, the most probable.
function barWords() {
  const shares = new Map();
  query().said.forEach((said, place) => said && data.networks[place].answers.forEach((word, number) => {
    shares.set(word, Math.max(shares.get(word) ?? 0, said.probabilities[number]));
  }));
  const words = [...shares.keys()];
  if (words.length <= MOST_ANSWERS + 2) return words;
  return words.sort((one, other) => shares.get(other) - shares.get(one)).slice(0, MOST_ANSWERS);
}

function showPanes() {
  for (const pane of panes) {
    pane.state.pointer = choice.pointer;
    pane.draw();
  }
}

function change(part) {
  const asked = query().word;
  if ("picture" in part || "query" in part) forgetMaps();
  Object.assign(choice, part);
  if ("picture" in part) {
    const again = picture().queries.findIndex((each) => each.word === asked);
    choice.query = again >= 0 ? again : firstQuery();
    offerQueries();
  }
  show();
  if (Object.keys(part).some((key) => ["picture", "query", "step"].includes(key))) speak();
}

// Maps at the size of a large picture take megabytes each: those of one query are kept.
function forgetMaps() {
  for (const said of query().said) delete said?.maps;
}

function show() {
  const name = choice.step ? data.layers[choice.step - 1] : "", words = barWords();
  panes.forEach((pane, place) => {
    pane.show({ ...choice, name, right: query().right }, query().said[place], words);
  });
  const image = data.images[query().said.find(Boolean).image];
  byId("about").textContent = `${picture().name}, ${image.size} × ${image.size} pixels`;
  byId("step").value = choice.step;
  byId("step").setAttribute("aria-valuetext", name || "the picture alone");
  [...byId("stops").children].forEach((stop, place) => stop.classList.toggle("here", place === choice.step));
  for (const [key, value] of [["picture", choice.picture], ["query", choice.query]]) check(key, value);
  for (const key of ["product", "heat", "smooth"]) check(key, choice[key] ? "on" : "off");
}

function check(name, value) {
  form.querySelector(`input[name=${name}][value="${value}"]`).checked = true;
}

function speak() {
  const where = choice.step ? data.layers[choice.step - 1] : "the picture alone";
  byId("spoken").textContent = `${query().word}, ${where}. ${panes.map((pane) => pane.answerAloud).join(". ")}`;
}

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
    const shown = Object.assign(element("img"), { src: data.images[queries[0].said.find(Boolean).image].address, alt: name });
    return option("picture", place, shown);
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
  if (event.ctrlKey || event.metaKey || event.altKey) return;
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
