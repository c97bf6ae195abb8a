#!/bin/sh
# scripts/cifar_pickles.py turns CIFAR's Python version into the binary version, byte for byte, and
# runs nothing that a pickle names.
. "$(dirname "$0")/tap.sh"
python=
for python in /usr/bin/python3 python3 ''; do
    [ -z "$python" ] || "$python" -c 1 2>"$temp/said" && break
done
[ -n "$python" ] || {
    skip "scripts/cifar_pickles.py" "there is no python3"
    finish
}
convert() {
    "$python" -B "$root/scripts/cifar_pickles.py" "$@"
}
# pickles.py KIND FROM TO [FORM]: the pickles of binary files; written op by op as Python 2 and its
# NumPy wrote the official ones, or, with FORM numpy, by the NumPy of today.
cat >pickles.py <<'END'
import os, pickle, struct, sys
kind, source, to, form = (sys.argv + ["two"])[1:5]
head = {"10": 1, "100": 2}[kind]
def text(s): return b"U" + bytes([len(s)]) + s.encode()
def number(k): return b"J" + struct.pack("<i", k)
def array(n, raw):
    return (b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R(K\x01" + number(n) +
            number(3072) + b"\x86cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R(K\x03U\x01|NNN" + number(-1) + number(-1) +
            b"K\x00tb\x89T" + struct.pack("<i", len(raw)) + raw + b"tb")
def listed(items): return b"](" + b"".join(items) + b"e"
def save(name, pairs):
    with open(os.path.join(to, name), "wb") as f:
        f.write(b"\x80\x02}(" + b"".join(text(k) + v for k, v in pairs) + b"u.")
os.makedirs(to)
for name in os.listdir(source):
    raw = open(os.path.join(source, name), "rb").read()
    if name.endswith(".bin"):
        rows = [raw[i:i + head + 3072] for i in range(0, len(raw), head + 3072)]
        keys = {"10": ["labels"], "100": ["coarse_labels", "fine_labels"]}[kind]
        images = b"".join(r[head:] for r in rows)
        if form == "numpy":
            import numpy
            batch = {key: [r[i] for r in rows] for i, key in enumerate(keys)}
            batch["data"] = numpy.asfortranarray(numpy.frombuffer(images, "u1").reshape(len(rows), 3072))
            pickle.dump(batch, open(os.path.join(to, name[:-4]), "wb"), protocol=2)
        else:
            save(name[:-4], [("data", array(len(rows), images))] +
                 [(key, listed(number(r[i]) for r in rows)) for i, key in enumerate(keys)])
names = {"10": ["label_names"], "100": ["fine_label_names", "coarse_label_names"]}[kind]
words = [["name-%02d" % i for i in range({"10": 10, "100": 100}[kind] // (1 + 4 * k))] for k in range(len(names))]
save({"10": "batches.meta", "100": "meta"}[kind], [(n, listed(map(text, w))) for n, w in zip(names, words)])
END
same_records() { # FOLDER FOLDER: its .bin files
    for file in "$1"/*.bin; do
        cmp "$file" "$2/${file##*/}" || return 1
    done
}
forms=two
"$python" -c 'import numpy' 2>/dev/null && forms="two numpy" || skip "pickles of today's NumPy" "there is no numpy"

"$program" data generate cifar100 --out made --classes 100 --train-limit 300 --test-limit 100 >/dev/null
"$program" data generate cifar10 --out made >/dev/null
mkdir cut
for file in made/cifar-10-batches-bin/*.bin; do
    head -c 61460 "$file" >"cut/${file##*/}" # 20 records
done
for form in $forms; do
    ok "pickles of CIFAR-100 ($form)" "$python" pickles.py 100 made/cifar-100-binary "$form/cifar-100-python" "$form"
    ok "pickles of CIFAR-10" "$python" pickles.py 10 cut "$form/cifar-10-batches-py" "$form"
    exits 0 "  CIFAR-100 is converted" convert "$form/cifar-100-python" "$form-data"
    says "$form-data/cifar-100-binary: 400 images"
    ok "  to the same bytes" same_records made/cifar-100-binary "$form-data/cifar-100-binary"
    exits 0 "  CIFAR-10 is converted" convert "$form/cifar-10-batches-py" "$form-data"
    ok "  to the same bytes" same_records cut "$form-data/cifar-10-batches-bin"
done
ok "names of classes" grep -qx name-99 two-data/cifar-100-binary/fine_label_names.txt
ok "  and an empty line where the official file has one" test "$(tail -n 1 two-data/cifar-10-batches-bin/batches.meta.txt)" = ""
exits 0 "gossipbench reads it" on 1 data check cifar100 --dir two-data
says "training: 300 images of 100 classes, 3 to 3 of each"
tar -C two -czf archive.tar.gz cifar-100-python
exits 0 "an archive as it is" convert archive.tar.gz from-archive
ok "  to the same bytes" same_records made/cifar-100-binary from-archive/cifar-100-binary
exits 1 "what is there is left" convert archive.tar.gz from-archive
says "is not converted, because from-archive/cifar-100-binary exists"

# A pickle that runs a program, one that is cut off, wrong labels, something else.
evil() {
    mkdir -p evil && cp two/cifar-100-python/* evil && printf '%b' "$1" >evil/train
}
evil 'cos\nsystem\n(S"touch ran"\ntR.'
exits 1 "a pickle that names os.system" convert evil out
says "evil: train: names os.system, which no file of CIFAR needs"
ok "  runs nothing, and leaves nothing" test ! -e ran -a ! -e out/cifar-100-binary
head -c 1000 two/cifar-100-python/test >evil/train
exits 1 "a pickle that is cut off" convert evil out
says "evil: train: "
evil '\0200\0002}.'
exits 1 "a pickle without images" convert evil out
says "evil: 'data' is missing"
exits 1 "a folder of something else" convert made out
says "made: is neither the Python version of CIFAR-10 nor that of CIFAR-100"
exits 1 "nothing" convert nowhere out
says "nowhere: "
ok "no traceback" sh -c '! grep -q Traceback "$1"' - "$temp/said"
finish
