// Hands on a picture of ours as PNG: no chat shows SVG. A telephone shares it, any other browser saves it. Without scripts
// the link leads to the SVG.
"use strict";

(() => {
  const pixels = async (link) => {
    const image = new Image();
    image.src = link.href;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  };

  const save = (file) => {
    const address = URL.createObjectURL(file);
    const link = Object.assign(document.createElement("a"), { href: address, download: file.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };

  const handOn = async (link) => {
    const blob = await pixels(link);
    if (!blob) throw new Error("no picture");
    const file = new File([blob], `${link.dataset.picture}.png`, { type: "image/png" });
    if (navigator.canShare?.({ files: [file] }) && matchMedia("(pointer: coarse)").matches) {
      await navigator.share({ files: [file] });
    } else {
      save(file);
    }
  };

  for (const link of document.querySelectorAll("a[data-picture]")) {
    link.textContent = link.dataset.label;
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      try {
        await handOn(link);
      } catch (error) {
        // Whoever closes the sheet of the telephone wanted nothing.
        if (error.name !== "AbortError") location.assign(link.href);
      }
    });
  }
})();
