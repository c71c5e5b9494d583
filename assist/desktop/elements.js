// Everything a customer wrote is put in as text, never as markup.
export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [property, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (property.startsWith("on")) node.addEventListener(property.slice(2), value);
    else if (property === "class") node.className = value;
    else node.setAttribute(property, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function words(code) {
  return String(code ?? "").replaceAll("_", " ");
}
