"""Writes images.json: python images.py > images.json

Needs Pillow and numpy. Each image is a file in base64 with the pixels that Pillow reads from it, as colours and as
luminance, row by row, 0 to 255. JPEG decoders may round differently.
"""

import base64
import io
import json
import sys

import numpy as np
import PIL
from PIL import Image

WIDTH, HEIGHT = 11, 7


def gradient():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([x * 23, y * 37, (x + y) * 14], axis=2).astype(np.uint8)


def row(name, image, form, **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    again = Image.open(io.BytesIO(file.getvalue()))
    colours = again.convert("RGB") if again.mode != "I;16" else eight_bits(again).convert("RGB")
    return {
        "name": name,
        "file": base64.b64encode(file.getvalue()).decode(),
        "width": again.width,
        "height": again.height,
        "tolerance": 3 if form == "JPEG" else 0.51,
        "colours": np.asarray(colours).ravel().tolist(),
        "luminance": np.asarray(colours.convert("L")).ravel().tolist(),
    }


def eight_bits(image):
    return Image.fromarray(np.round(np.asarray(image) / 257).astype(np.uint8))


if __name__ == "__main__":
    colours = Image.fromarray(gradient())
    alpha = Image.fromarray(np.dstack([gradient(), np.full((HEIGHT, WIDTH), 90, np.uint8)]))
    deep = Image.fromarray((gradient()[:, :, 0].astype(np.uint16) * 257))
    rows = [
        row("PNG in colours", colours, "PNG"),
        row("PNG with alpha", alpha, "PNG"),
        row("PNG in grey", colours.convert("L"), "PNG"),
        row("PNG in grey with alpha", alpha.convert("LA"), "PNG"),
        row("PNG in black and white", colours.convert("1"), "PNG"),
        row("PNG in 16 bits", deep, "PNG"),
        row("PNG with a palette", colours.quantize(7), "PNG"),
        row("PNG with a palette of 200", colours.quantize(200), "PNG"),
        row("JPEG in colours", colours, "JPEG", quality=95, subsampling=0),
        row("JPEG in grey", colours.convert("L"), "JPEG", quality=95),
        row("JPEG, progressive", colours, "JPEG", quality=95, subsampling=0, progressive=True),
        row("JPEG in red, green and blue", colours, "JPEG", quality=95, keep_rgb=True),
        row("JPEG in inks", colours.convert("CMYK"), "JPEG", quality=95),
    ]
    meta = json.dumps({"Pillow": PIL.__version__, "numpy": np.__version__})
    sys.stdout.write(f'{{\n"_meta": {meta},\n"images": [\n' + ",\n".join(map(json.dumps, rows)) + "\n]\n}\n")
