// The page: one state, and the panes that show it.

const byId = (name) => document.getElementById(name);
const data = await read(JSON.parse(byId("data").textContent));
const form = document.querySelector("form");
const choice = { picture: 0, query: 0, step: data.layers.length, product: true, heat: false, smooth: true, pointer: null };
const panes = data.networks.map((network) => new Pane(network, data, {
  step: (step) => change({ step }),
  point: (pointer) => { choice.pointer = pointer; showPanes(); },
}));

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

// The answers for which there are bars, the same for all networks: of many, the most probable and the right ones.
function barWords() {
  const shares = new Map();
  query().said.forEach((said, place) => said && data.networks[place].answers.forEach((word, number) => {
    shares.set(word, Math.max(shares.get(word) ?? 0, said.probabilities[number]));
  }));
  const words = [...shares.keys()];
  if (words.length <= MOST_ANSWERS) return words;
  const likely = words.sort((one, other) => shares.get(other) - shares.get(one)).slice(0, MOST_ANSWERS);
  return [...new Set([...likely, ...query().right.filter((word) => shares.has(word))])];
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
  document.querySelectorAll("#notes > article").forEach((note, place) => { note.hidden = place !== choice.picture; });
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
