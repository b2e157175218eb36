// The sizes by which charts are laid out.

/** Charts narrower than this are laid out for phones. */
export const narrowWidth = 520;

const context = document.createElement("canvas").getContext("2d");

/** Returns the width of a text in the font of the page. */
export function measureText(text, size = 13) {
  context.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return Math.ceil(context.measureText(text).width);
}
