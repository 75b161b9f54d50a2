"""Pictures for articles: what an editor sends is decoded in full, cleaned, made smaller and stored under our own name.

Nothing of the sent file is kept but its pixels. The type is what the decoder finds, never what the browser says.
"""

import hashlib
import os
import tempfile
import threading
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_WIDTH = 1600
MAX_HEIGHT = 3200
MAX_JPEG_SCANS = 100
LIGHT_PNG_BYTES = 400 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
PUBLIC_PATH = "/media/images/"

# Pillow looks at this as soon as it has read the size, before it makes room for the pixels: above it warns, above
# twice as many it stops. What lies between, _open refuses.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

# One picture at a time in each worker, so that many uploads at once need no more memory than one.
_one_at_a_time = threading.Lock()


class ImageRefused(Exception):
    """The picture cannot be taken; the text is a sentence for the editor that says what to do."""


@dataclass(frozen=True)
class StoredImage:
    """A picture as it stands on disk: our name for it and its size in pixels."""

    name: str
    width: int
    height: int

    @property
    def url(self) -> str:
        """Return the address under which the picture is served."""
        return PUBLIC_PATH + self.name


@dataclass(frozen=True)
class _Encoded:
    content: bytes
    extension: str
    width: int
    height: int


def store(upload: IO[bytes], *, into: Path) -> StoredImage:
    """Store the picture in the folder ``into`` and return its name there; the same picture gets the same name.

    Raises ImageRefused when it is no picture we take, with the reason and the way out.
    """
    raw = _read(upload)
    with _one_at_a_time:
        encoded = _encode_anew(raw)
    name = _name(encoded.content, encoded.extension)
    _write_once(into / name, encoded.content)
    return StoredImage(name, encoded.width, encoded.height)


def is_named_for(content: bytes, name: str) -> bool:
    """Whether a file of this name holds what was stored under it: the name begins with the digest of the bytes."""
    return name == _name(content, name.rpartition(".")[2])


def _name(content: bytes, extension: str) -> str:
    return f"{hashlib.sha256(content).hexdigest()[:32]}.{extension}"


def _read(upload: IO[bytes]) -> bytes:
    raw = upload.read(MAX_BYTES + 1)
    if not raw:
        raise ImageRefused("This file is empty. Choose another file.")
    if len(raw) > MAX_BYTES:
        raise ImageRefused("This file is larger than 10 MB. Save the picture smaller and try again.")
    _refuse_known_strangers(raw)
    return raw


def _refuse_known_strangers(raw: bytes) -> None:
    start = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start or start.startswith(b"<?xml"):
        raise ImageRefused("SVG drawings cannot be used, because they can carry scripts. Export it as PNG.")
    if raw[4:8] == b"ftyp":
        raise ImageRefused("HEIC and AVIF pictures cannot be used. Export it as JPEG or PNG.")
    # In JPEG these two bytes stand only before a scan; a small file with thousands of scans takes hours to decode.
    if raw.startswith(b"\xff\xd8") and raw.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ImageRefused("This JPEG is built in an unusual way. Open it in a picture program and save it again.")


def _encode_anew(raw: bytes) -> _Encoded:
    try:
        picture = _open(raw)
        from_photo = picture.format in {"JPEG", "MPO"}
        clean = _clean_pixels(picture)
    except ImageRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as too_many:
        raise _too_many_pixels() from too_many
    # The decoders answer a damaged file with errors of many kinds; whatever it is, the editor needs one sentence.
    except Exception as damaged:
        raise ImageRefused(
            "This picture is damaged and cannot be read to its end. Save it again as PNG or JPEG and try again."
        ) from damaged
    content, extension = _smallest_fair(clean, from_photo=from_photo)
    return _Encoded(content, extension, clean.width, clean.height)


def _open(raw: bytes) -> Image.Image:
    try:
        picture = Image.open(BytesIO(raw), formats=FORMATS)
    except UnidentifiedImageError as unknown:
        raise ImageRefused("This is not a picture we can read. Use a JPEG, PNG, WebP or GIF file.") from unknown
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels()
    if not picture.width or not picture.height:
        raise ImageRefused("This picture has no width or no height. Choose another file.")
    return picture


def _too_many_pixels() -> ImageRefused:
    return ImageRefused("This picture has more than 25 million pixels. Make it smaller and try again.")


def _clean_pixels(picture: Image.Image) -> Image.Image:
    """Return the pixels alone, upright, in sRGB, at most MAX_WIDTH by MAX_HEIGHT; of an animation, the first frame."""
    picture.draft("RGB", (MAX_HEIGHT, MAX_HEIGHT))
    picture.load()
    orientation = picture.getexif().get(0x0112, 1)
    profile = picture.info.get("icc_profile")
    small = _scaled_down(_plain_mode(picture), sideways=orientation in {5, 6, 7, 8})
    coloured = _to_srgb(small, profile)
    return _upright(coloured, orientation)


def _plain_mode(picture: Image.Image) -> Image.Image:
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    if picture.mode.startswith("I"):
        # 16-bit grey: converting straight to 8 bits would cut off every value above 255.
        return picture.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if picture.mode in {"RGB", "L", "CMYK"}:
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _scaled_down(picture: Image.Image, *, sideways: bool) -> Image.Image:
    width, height = (MAX_HEIGHT, MAX_WIDTH) if sideways else (MAX_WIDTH, MAX_HEIGHT)
    scale = min(1.0, width / picture.width, height / picture.height)
    if scale == 1.0:
        return picture.copy()
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _to_srgb(picture: Image.Image, profile: object) -> Image.Image:
    wanted = "RGB" if picture.mode == "CMYK" else picture.mode
    if isinstance(profile, bytes) and picture.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=wanted)
        except (ImageCms.PyCMSError, OSError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert(wanted)


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    tagged = Image.Exif()
    tagged[0x0112] = orientation
    picture.info["exif"] = tagged.tobytes()
    turned = ImageOps.exif_transpose(picture)
    turned.info.clear()
    return turned


def _smallest_fair(picture: Image.Image, *, from_photo: bool) -> tuple[bytes, str]:
    """Keep drawings exact as PNG while that is light; photographs become JPEG, or WebP where one can see through."""
    see_through = picture.mode == "RGBA" and picture.getchannel("A").getextrema() != (255, 255)
    if picture.mode == "RGBA" and not see_through:
        picture = picture.convert("RGB")
    if not from_photo:
        exact = _saved(picture, "PNG", optimize=True)
        if len(exact) <= LIGHT_PNG_BYTES:
            return exact, "png"
    if see_through:
        return _saved(picture, "WEBP", quality=88, method=4, exif=b"", xmp=b""), "webp"
    return _saved(picture, "JPEG", quality=85, optimize=True, progressive=True), "jpg"


def _saved(picture: Image.Image, format: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def _write_once(path: Path, content: bytes) -> None:
    """Write the file in one step, so that no reader ever meets half of it."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as unfinished:
        try:
            unfinished.write(content)
            unfinished.flush()
            os.fsync(unfinished.fileno())
            os.chmod(unfinished.name, 0o644)
            os.replace(unfinished.name, path)
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise
