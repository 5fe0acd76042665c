/* Shades authorities by the class of one figure, on the Leaflet map that folium made.
 *
 * `L` is Leaflet's own script, loaded before this module. Names and words are written as
 * text nodes only. Patterns are in the page's own SVG; their colours are in map.css.
 */

import { element, icon } from "./map-marks.js";
import { moveWithButtons, read, showFirst, stillMap } from "./map.js";

/* A number finds room in an area that is drawn at least so wide and high. */
const ROOM_PX = 22;

/* folium calls this with its map; see directory/maps/choropleth.py. */
export async function draw(map, { boundaries, areas }) {
  const frame = document.querySelector("[data-map]");
  const words = frame.dataset;
  stillMap(map, words);
  try {
    const ground = await read(boundaries);
    const isShaded = ({ properties }) => properties.code in areas;
    L.geoJSON(ground, { interactive: false, filter: (area) => !isShaded(area), style: { className: "ground" } }).addTo(map);
    const shaded = L.geoJSON(ground, {
      filter: isShaded,
      style: ({ properties }) => styleOf(areas[properties.code]),
      onEachFeature: ({ properties }, layer) => layer.bindPopup(() => said(areas[properties.code]), { autoPan: false }),
    }).addTo(map);
    shaded.eachLayer((layer) => areas[layer.feature.properties.code].isHere && layer.bringToFront());
    const all = shaded.getBounds();
    moveWithButtons({ map }, frame, { all });
    const numbers = L.layerGroup().addTo(map);
    map.on("moveend", () => drawNumbers(map, numbers, shaded, areas));
    showFirst({ map }, { first: all, all });
    drawNumbers(map, numbers, shaded, areas);
    frame.dataset.drawn = "yes";
  } catch (cause) {
    console.error(cause);
    frame.querySelector("[data-map-message]").textContent = words.wordFailed;
  }
}

function styleOf({ number, isHere }) {
  const className = `shade${isHere ? " shade--here" : ""}`;
  return { className, fillColor: number ? `url(#shade-${number})` : "url(#shade-0)", fillOpacity: 1 };
}

function said({ name, words }) {
  const box = element("div", "shade-words");
  box.append(element("strong", "", name), element("br", ""), document.createTextNode(words));
  return box;
}

/* The number of its class in each area that has room for it. */
function drawNumbers(map, numbers, shaded, areas) {
  numbers.clearLayers();
  shaded.eachLayer((layer) => {
    const { number } = areas[layer.feature.properties.code];
    const bounds = layer.getBounds();
    const size = map.latLngToContainerPoint(bounds.getSouthEast()).subtract(map.latLngToContainerPoint(bounds.getNorthWest()));
    if (!number || size.x < ROOM_PX || size.y < ROOM_PX || !map.getBounds().intersects(bounds)) return;
    const text = element("span", "shade-number", String(number));
    text.setAttribute("aria-hidden", "true");
    L.marker(layer.getCenter(), { icon: icon(text), interactive: false, keyboard: false, pane: "names" }).addTo(numbers);
  });
}
