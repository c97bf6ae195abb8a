#!/usr/bin/python3
"""Turn the Python version of CIFAR-10 or CIFAR-100 into the binary version that gossipbench reads.

    scripts/cifar_pickles.py SOURCE DIR

SOURCE is the folder cifar-10-batches-py or cifar-100-python, or its archive as downloaded (.tar.gz).
The binary files go into DIR/cifar-10-batches-bin or DIR/cifar-100-binary, a folder that must not
exist; DIR is then a --data-dir.  They have the bytes of the official binary version.

A pickle can run any code when it is loaded.  Here it can only make lists, dictionaries, numbers,
texts and arrays of bytes: whatever else it names is refused.  NumPy is not needed.
"""
import os
import pickle
import sys
import tarfile
import tempfile

IMAGE = 3072


class Array:
    """What a pickle says of an array: shape, type, order and bytes."""

    def __setstate__(self, state):
        _, self.shape, self.type, self.is_fortran, self.bytes = state

    def rows(self):
        """The bytes of each row, whichever of the two orders they are stored in."""
        raw = self.bytes.encode("latin1") if isinstance(self.bytes, str) else self.bytes
        n, width = self.shape
        if self.type.name not in ("u1", "uint8") or width != IMAGE or len(raw) != n * width:
            raise ValueError("the images are not rows of %d bytes" % IMAGE)
        return [raw[i::n] if self.is_fortran else raw[i * width:(i + 1) * width] for i in range(n)]


class Type:
    def __init__(self, name, *_):
        self.name = name

    def __setstate__(self, state):
        pass


ALLOWED = {("numpy", "ndarray"): Array, ("numpy", "dtype"): Type,
           ("_codecs", "encode"): lambda text, encoding: text.encode(encoding)}
for module in ("numpy.core.multiarray", "numpy._core.multiarray"):
    ALLOWED[module, "_reconstruct"] = lambda *_: Array()


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in ALLOWED:
            raise ValueError("names %s.%s, which no file of CIFAR needs" % (module, name))
        return ALLOWED[module, name]


def open_member(source, folder, name):
    """A file of the Python version, from its folder or its archive."""
    if os.path.isdir(source):
        return open(os.path.join(source, name), "rb")
    try:
        return tarfile.open(source).extractfile(folder + "/" + name)
    except KeyError:
        raise ValueError("has no %s/%s" % (folder, name))


def read(source, folder, name):
    with open_member(source, folder, name) as f:
        try:
            return Unpickler(f, encoding="latin1").load()
        except (pickle.UnpicklingError, ValueError, TypeError, AttributeError, EOFError) as error:
            raise ValueError("%s: %s" % (name, error))


def write_records(path, batch, keys, limits):
    """Records of the labels under the keys, which must be below their limits, and an image."""
    images = batch["data"].rows()
    labels = list(zip(*(batch[key] for key in keys)))
    if len(labels) != len(images):
        raise ValueError("%d images have %d labels" % (len(images), len(labels)))
    with open(path, "wb") as f:
        for label, image in zip(labels, images):
            if not all(0 <= k < limit for k, limit in zip(label, limits)):
                raise ValueError("the label %s is out of range" % (label,))
            f.write(bytes(label) + image)
    return len(images)


def write_names(path, names, end):
    with open(path, "w", encoding="utf-8") as f:
        f.write("".join(name + "\n" for name in names) + end)


CIFAR10 = ("cifar-10-batches-py", "cifar-10-batches-bin",
           [("data_batch_%d" % k, "data_batch_%d.bin" % k) for k in range(1, 6)] +
           [("test_batch", "test_batch.bin")],
           ("labels",), (10,), "batches.meta", (("label_names", "batches.meta.txt", "\n"),))
CIFAR100 = ("cifar-100-python", "cifar-100-binary", [("train", "train.bin"), ("test", "test.bin")],
            ("coarse_labels", "fine_labels"), (20, 100), "meta",
            (("fine_label_names", "fine_label_names.txt", ""),
             ("coarse_label_names", "coarse_label_names.txt", "")))


def kind_of(source):
    """Which of the two it is, by a file that it alone has."""
    for kind, mark in ((CIFAR10, "batches.meta"), (CIFAR100, "meta")):
        if os.path.isdir(source):
            found = os.path.exists(os.path.join(source, mark))
        else:
            with tarfile.open(source) as archive:
                found = kind[0] + "/" + mark in archive.getnames()
        if found:
            return kind
    raise ValueError("is neither the Python version of CIFAR-10 nor that of CIFAR-100")


def convert(source, to):
    folder, out, files, keys, limits, meta, names = kind_of(source)
    out = os.path.join(to, out)
    if os.path.exists(out):
        raise ValueError("is not converted, because %s exists" % out)
    os.makedirs(to, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to) as fresh:
        whole = os.path.join(fresh, "whole")
        os.mkdir(whole)
        n = 0
        for name, binary in files:
            n += write_records(os.path.join(whole, binary), read(source, folder, name), keys, limits)
        texts = read(source, folder, meta)
        for key, name, end in names:
            write_names(os.path.join(whole, name), texts[key], end)
        os.rename(whole, out)
    print("%s: %d images" % (out, n))


def main():
    if len(sys.argv) != 3 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    try:
        convert(sys.argv[1], sys.argv[2])
    except (OSError, ValueError, KeyError, tarfile.TarError) as error:
        text = "%s is missing" % error if isinstance(error, KeyError) else error
        sys.exit("cifar_pickles.py: %s: %s" % (sys.argv[1], text))


if __name__ == "__main__":
    main()
