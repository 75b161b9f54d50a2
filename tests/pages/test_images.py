"""What an editor may upload as a picture, and what is kept of it."""

import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from pages import images


def saved(picture: Image.Image, format: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def drawing(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert(mode)


def noise(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    return Image.merge(mode, [Image.effect_noise(size, 90) for _ in mode])


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_claiming(width: int, height: int, pixels: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(pixels, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + packed + chunk(b"IEND", b"")


def webp_claiming(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif_claiming(width: int, height: int) -> bytes:
    screen = b"GIF89a" + struct.pack("<HH", 1, 1) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHH", 0, 0, width, height) + b"\0"
    return screen + frame + b"\x02\x02\x4c\x01\x00;"


def stored(raw: bytes, folder: Path) -> tuple[images.StoredImage, Image.Image]:
    result = images.store(BytesIO(raw), into=folder)
    picture = Image.open(folder / result.name)
    picture.load()
    return result, picture


def animation(frames: int, format: str) -> bytes:
    first, *rest = [Image.new("RGB", (30, 30), (i * 20 % 256, 200, 0)) for i in range(frames)]
    return saved(first, format, save_all=True, append_images=rest, duration=10)


def many_scans() -> bytes:
    raw = saved(drawing(), "JPEG", progressive=True)
    at = raw.rindex(b"\xff\xda")
    return raw[:at] + raw[at:-2] * 200 + raw[-2:]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "SVG"),
    "SVG after a prologue": (lambda: b'\xef\xbb\xbf <?xml version="1.0"?><!-- --><svg/>', "SVG"),
    "HTML": (lambda: b"<!doctype html><script>alert(1)</script>", "JPEG, PNG, WebP or GIF"),
    "HTML with the first bytes of a GIF": (lambda: b"GIF89a<script>alert(1)</script>", "Save it again|JPEG, PNG"),
    "PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3", "JPEG, PNG, WebP or GIF"),
    "HEIC": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
    "a BMP, which Pillow could read": (lambda: saved(drawing(), "BMP"), "JPEG, PNG, WebP or GIF"),
    "a TIFF, which Pillow could read": (lambda: saved(drawing(), "TIFF"), "JPEG, PNG, WebP or GIF"),
    "half a PNG": (lambda: saved(noise((90, 90)), "PNG")[:9000], "damaged"),
    "half a JPEG": (lambda: saved(noise((90, 90)), "JPEG")[:3000], "damaged"),
    "half a WebP": (lambda: saved(noise((90, 90)), "WEBP")[:900], "damaged|JPEG, PNG"),
    "half a GIF": (lambda: saved(noise((90, 90)), "GIF")[:3000], "damaged"),
    "a PNG with a wrong checksum": (lambda: saved(drawing(), "PNG").replace(b"IDATx", b"IDATy"), "damaged"),
    "a PNG of no width": (lambda: png_claiming(0, 10), "damaged|no width|JPEG, PNG"),
    "a GIF of no height": (lambda: gif_claiming(10, 0), "damaged|no height"),
    "a PNG a little over the bound": (lambda: png_claiming(5001, 5000), "25 million"),
    "a PNG bomb": (lambda: png_claiming(13_500, 13_500, bytes(9_000_000)), "25 million"),
    "a GIF frame larger than its screen": (lambda: gif_claiming(60_000, 60_000), "25 million"),
    "a WebP bomb": (lambda: webp_claiming(16_384, 16_384), "25 million"),
    "a JPEG of very many scans": (many_scans, "unusual"),
    "more bytes than we take": (lambda: saved(drawing(), "PNG") + bytes(images.MAX_BYTES), "10 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_sound_picture_is_refused_with_a_reason_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    build, reason = HOSTILE[name]

    with pytest.raises(images.ImageRefused, match=reason) as refused:
        images.store(BytesIO(build()), into=tmp_path)

    assert str(refused.value).endswith(".")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_over_the_bound_is_refused_where_pillow_only_warns(tmp_path: Path) -> None:
    with pytest.raises(images.ImageRefused, match="25 million"):
        images.store(BytesIO(saved(Image.new("1", (5001, 5000)), "PNG")), into=tmp_path)


@pytest.mark.parametrize(
    ("raw", "extension", "mode"),
    [
        (saved(drawing(), "PNG"), "png", "RGB"),
        (saved(drawing(), "JPEG"), "jpg", "RGB"),
        (saved(drawing("L"), "JPEG"), "jpg", "L"),
        (saved(drawing(), "WEBP"), "png", "RGB"),
        (saved(drawing("CMYK"), "JPEG"), "jpg", "RGB"),
        (saved(drawing("1"), "PNG"), "png", "L"),
        (saved(drawing("P"), "GIF"), "png", "RGB"),
        (saved(drawing("LA"), "PNG"), "png", "RGB"),
        (saved(noise((900, 700)), "PNG"), "jpg", "RGB"),
        (saved(noise((900, 700), "RGBA"), "PNG"), "webp", "RGBA"),
        (animation(5, "GIF"), "png", "RGB"),
        (animation(5, "WEBP"), "png", "RGB"),
        (animation(5, "PNG"), "png", "RGB"),
    ],
)
def test_a_sound_picture_is_stored_in_a_fitting_format(raw: bytes, extension: str, mode: str, tmp_path: Path) -> None:
    result, picture = stored(raw, tmp_path)

    assert (result.name.partition(".")[2], picture.mode) == (extension, mode)
    assert (result.width, result.height) == picture.size
    assert getattr(picture, "n_frames", 1) == 1
    assert result.url == f"/media/images/{result.name}"


def test_of_an_animation_the_first_frame_is_kept(tmp_path: Path) -> None:
    _, picture = stored(animation(200, "GIF"), tmp_path)

    assert picture.getpixel((15, 15)) == (0, 200, 0)


def test_16_bit_grey_keeps_its_shades(tmp_path: Path) -> None:
    shades = Image.new("I;16", (2, 1))
    shades.putpixel((0, 0), 65_535)
    shades.putpixel((1, 0), 32_896)

    _, picture = stored(saved(shades, "PNG"), tmp_path)

    assert (picture.getpixel((0, 0)), picture.getpixel((1, 0))) == (255, 128)


def test_a_palette_with_a_see_through_colour_stays_see_through(tmp_path: Path) -> None:
    palette = Image.new("P", (2, 1))
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.putpixel((1, 0), 1)

    _, picture = stored(saved(palette, "PNG", transparency=0), tmp_path)

    assert (picture.getpixel((0, 0)), picture.getpixel((1, 0))) == ((255, 0, 0, 0), (0, 0, 255, 255))


@pytest.mark.parametrize(("orientation", "size"), [(1, (2000, 400)), (6, (400, 2000)), (3, (2000, 400))])
def test_the_camera_orientation_is_applied_then_dropped(
    orientation: int, size: tuple[int, int], tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = Image.new("RGB", (2000, 400), "black")
    photo.paste("white", (0, 0, 200, 400))

    _, picture = stored(saved(photo, "JPEG", exif=exif), tmp_path)

    turned = size[0] < size[1]
    scale = 1 if turned else 1600 / 2000
    assert picture.size == (size[0] * scale, size[1] * scale)
    white_end = (picture.width - 5, picture.height - 5) if orientation == 3 else (5, 5)
    assert picture.convert("1").getpixel(white_end) == 255
    assert not picture.getexif()


@pytest.mark.parametrize(
    ("size", "kept"),
    [((1600, 900), (1600, 900)), ((3200, 1800), (1600, 900)), ((100, 6400), (50, 3200)), ((1, 20_000), (1, 3200))],
)
def test_a_large_picture_is_scaled_down_and_a_small_one_is_not(
    size: tuple[int, int], kept: tuple[int, int], tmp_path: Path
) -> None:
    _, picture = stored(saved(drawing("L", size), "PNG"), tmp_path)

    assert picture.size == kept


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_no_metadata_and_nothing_appended_survives(format: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "SECRET-ARTIST"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "SECRET-COMMENT")
    extra = {"pnginfo": texts} if format == "PNG" else {"xmp": b"SECRET-XMP"}
    raw = saved(noise((60, 60), "RGB"), format, exif=exif, icc_profile=profile, **extra)

    result, picture = stored(raw + b"<script>SECRET</script>", tmp_path)

    kept = (tmp_path / result.name).read_bytes()
    assert b"SECRET" in raw
    assert not any(mark in kept for mark in (b"SECRET", b"<script", b"Exif", b"ICC", b"iCCP", b"acsp"))
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_a_gif_that_is_also_a_script_loses_the_script(tmp_path: Path) -> None:
    raw = saved(drawing("P"), "GIF", comment=b"*/=1;alert(1)//")

    result, _ = stored(raw, tmp_path)

    assert b"alert" in raw
    assert b"alert" not in (tmp_path / result.name).read_bytes()


def test_a_damaged_colour_profile_does_not_stop_a_sound_picture(tmp_path: Path) -> None:
    _, picture = stored(saved(Image.new("RGB", (4, 4), (200, 10, 30)), "PNG", icc_profile=b"nonsense"), tmp_path)

    assert picture.getpixel((0, 0)) == (200, 10, 30)


def test_the_same_picture_twice_has_one_name_and_one_file(tmp_path: Path) -> None:
    raw = saved(drawing(), "PNG")

    first, second = (images.store(BytesIO(raw), into=tmp_path / "images") for _ in range(2))
    other = images.store(BytesIO(saved(drawing("L"), "JPEG")), into=tmp_path / "images")

    assert first == second
    assert sorted(p.name for p in (tmp_path / "images").iterdir()) == sorted({first.name, other.name})


def test_a_write_that_fails_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)

    with pytest.raises(OSError, match="No space"):
        images.store(BytesIO(saved(drawing(), "PNG")), into=tmp_path)
    assert list(tmp_path.iterdir()) == []


MEASURE = """
import resource, sys, pathlib
from io import BytesIO
from pages import images
raw = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    images.store(BytesIO(raw), into=pathlib.Path(sys.argv[1]))
except images.ImageRefused:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(
    ("build", "megabytes"),
    [
        pytest.param(lambda: png_claiming(13_500, 13_500, bytes(540_000_000)), 20, id="PNG bomb"),
        pytest.param(lambda: webp_claiming(16_384, 16_384), 20, id="WebP bomb"),
        pytest.param(lambda: saved(Image.new("RGBA", (5000, 5000), (9, 9, 9, 9)), "PNG"), 250, id="PNG with alpha"),
        pytest.param(lambda: saved(Image.new("I;16", (5000, 5000)), "PNG"), 250, id="16-bit PNG"),
        pytest.param(lambda: saved(Image.new("P", (5000, 5000)), "GIF", transparency=0), 250, id="GIF"),
    ],
)
def test_memory_stays_within_a_bound_for_the_worst_picture(
    build: Callable[[], bytes], megabytes: int, tmp_path: Path
) -> None:
    run = subprocess.run([sys.executable, "-c", MEASURE, str(tmp_path)], input=build(), capture_output=True, check=True)

    assert int(run.stdout) < megabytes
