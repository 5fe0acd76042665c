/* The services on the map: numbered buttons, and the box that opens from one.
 *
 * Whatever a listing says is written as text nodes only, never as markup.
 */

/* Marks nearer to each other than this share one button: buttons must not overlap. */
const TOGETHER_PX = { x: 48, y: 34 };
/* A button for more places than this moves the map closer; fewer are listed in a box. */
const LISTED_MOST = 8;

/* The layer's features as marks: with the name as it is spoken ('3. Example Service A'), lines and address in full. */
export function marksOf({ features, lines, url }) {
  return features.map(({ id, geometry, properties }) => {
    const [longitude, latitude] = geometry.coordinates;
    const { number, name, precision = "exact" } = properties;
    return {
      number,
      precision,
      name: number ? `${number}. ${name}` : name,
      lines: (properties.lines ?? []).map((line) => lines[line]),
      url: url.replace("{id}", encodeURIComponent(id)),
      at: L.latLng(latitude, longitude),
    };
  });
}

export function drawMarks(page) {
  const { map, layer, marks } = page;
  const focused = layer.getLayers().find((each) => each.button.contains(document.activeElement))?.marks[0];
  map.closePopup();
  layer.clearLayers();
  page.groups = together(map, marks);
  for (const group of page.groups) {
    const button = markButton(page, group);
    const marker = L.marker(group.at, { icon: icon(button), interactive: false, keyboard: false });
    Object.assign(marker, { button, marks: group.marks });
    marker.addTo(layer);
    if (focused && group.marks.includes(focused)) button.focus({ preventScroll: true });
  }
}

function together(map, marks) {
  const groups = [];
  for (const mark of marks) {
    const point = map.project(mark.at);
    const isClose = (each) =>
      Math.abs(each.point.x - point.x) < TOGETHER_PX.x && Math.abs(each.point.y - point.y) < TOGETHER_PX.y;
    const group = groups.find(isClose);
    if (group) group.marks.push(mark);
    else groups.push({ point, at: mark.at, marks: [mark] });
  }
  return groups;
}

function markButton(page, group) {
  const { marks } = group;
  const exact = marks.some((mark) => mark.precision === "exact");
  const button = element("button", `place place--${exact ? "exact" : "town"}`);
  button.type = "button";
  const shown = shortLabel(marks);
  button.textContent = shown;
  button.dataset.numbers = numbersOf(marks).join(" ");
  button.classList.toggle("place--several", marks.length > 1);
  button.classList.toggle("place--plain", !shown);
  button.setAttribute("aria-label", marks.length === 1 ? spoken(marks[0]) : severalSpoken(page.words, marks, shown));
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", (event) => {
    // Leaflet's own click on the map would close the box again.
    event.stopPropagation();
    const bounds = L.latLngBounds(marks.map((mark) => mark.at));
    if (marks.length > LISTED_MOST && canPart(page.map, bounds)) partThem(page.map, bounds);
    else openCard(page, group, button, bounds);
  });
  return button;
}

/* '4', '4, 7', '4 +2' (two more numbers here); on the map of the whole country '6' places, or nothing for one. */
function shortLabel(marks) {
  const numbers = numbersOf(marks);
  if (!numbers.length) return marks.length > 1 ? `${marks.length}` : "";
  return numbers.length <= 2 ? numbers.join(", ") : `${numbers[0]} +${numbers.length - 1}`;
}

function numbersOf(marks) {
  return [...new Set(marks.map((mark) => mark.number).filter(Boolean))];
}

function spoken(mark) {
  return [mark.name, ...mark.lines].join(", ");
}

function severalSpoken(words, marks, shown) {
  const several = words.wordTogether.replace("{count}", marks.length);
  const names = marks.length > LISTED_MOST ? [] : marks.map((mark) => mark.name);
  return [shown === `${marks.length}` ? several : `${shown}: ${several}`, ...names].join(", ");
}

function canPart(map, bounds) {
  return !bounds.getSouthWest().equals(bounds.getNorthEast()) && map.getZoom() < map.getMaxZoom();
}

function partThem(map, bounds) {
  map.closePopup();
  map.fitBounds(bounds, { padding: [50, 50], animate: false });
}

function openCard({ map, words }, { at, marks }, button, bounds) {
  const card = element("div", "place-card");
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", button.getAttribute("aria-label"));
  for (const mark of marks) card.append(...cardLines(mark));
  const close = () => {
    map.closePopup();
    button.focus({ preventScroll: true });
  };
  const actions = element("div", "place-card__actions");
  if (marks.length > 1 && canPart(map, bounds)) actions.append(action(words.wordApart, () => partThem(map, bounds)));
  actions.append(action(words.wordClose, close));
  card.append(actions);
  card.addEventListener("keydown", (event) => event.key === "Escape" && close());
  const size = map.getSize();
  L.popup({
    closeButton: false,
    offset: [0, -8],
    autoPanPadding: [8, 8],
    minWidth: Math.min(200, size.x - 60),
    maxWidth: Math.min(300, size.x - 60),
    maxHeight: Math.max(120, size.y - 70),
  })
    .setLatLng(at)
    .setContent(card)
    .openOn(map);
  card.focus({ preventScroll: true });
}

function cardLines({ name, url, lines }) {
  const title = element("p", "place-card__name");
  const link = element("a", "", name);
  link.href = url;
  link.target = "_top";
  title.append(link);
  return [title, ...lines.map((line) => element("p", "place-card__line", line))];
}

function action(label, act) {
  const button = element("button", "place-card__button", label);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

export function element(kind, className, text = "") {
  const made = document.createElement(kind);
  made.className = className;
  made.textContent = text;
  return made;
}

/* No size: the mark is centred by its style, so that it may grow with the text. */
export function icon(html) {
  return L.divIcon({ html, className: "place-spot", iconSize: null });
}
