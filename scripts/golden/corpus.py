#!/usr/bin/python3
"""Write tests/fuzz/corpus/: small tricky inputs for the fuzz targets, some right, most wrong.
usage: scripts/golden/corpus.py          needs python3-numpy; run from the top of the checkout"""
import gzip
import io
import os
import struct
import zlib

import numpy as np

BASE = "tests/fuzz/corpus"


def put(target, **cases):
    os.makedirs(f"{BASE}/{target}", exist_ok=True)
    for name, b in cases.items():
        with open(f"{BASE}/{target}/{name}", "wb") as f:
            f.write(b.encode("latin-1") if isinstance(b, str) else b)


def npz(compressed, **arrays):
    f = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(f, **arrays)
    return f.getvalue()


def npy(header, data=b"", version=1):
    h = header.encode()
    size = struct.pack("<H" if version == 1 else "<I", len(h))
    return b"\x93NUMPY" + bytes([version, 0]) + size + h + data


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(w, h, depth, colour, rows, extra=b"", interlace=0):
    head = struct.pack(">IIBBBBB", w, h, depth, colour, 0, 0, interlace)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def rows(n, row, filter_byte=b"\0"):
    return (filter_byte + row) * n


# --- npz
data = np.arange(2 * 3072).reshape(2, 3072).astype(np.uint8)
y = np.array([1, 2])
whole = npz(True, data=data, labels=y, mean=np.zeros(4))
lying = npz(False, data=data[:1], labels=y[:1]).replace(b"(1, 3072)", b"(9, 9999)")
put("npz", deflated=whole, stored_int32=npz(False, data=data[:1], labels=y[:1].astype(np.int32)),
    cut=whole[:len(whole) // 2], no_end=whole[:-22], labels_from_0=npz(True, data=data, labels=y - 1),
    labels_too_few=npz(True, data=data, labels=y[:1]),
    float_data=npz(True, data=data[:, :64].astype(np.float32), labels=y), nothing=npz(False),
    fortran=npz(True, data=np.asfortranarray(data), labels=y),
    text=npz(True, names=np.array(["a", "bcd"])),
    big_endian=npz(True, data=data, labels=y.astype(">i8")), lying_shape=lying)

# --- npy
good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n"
shape = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n"
put("npy", float=npy(good, bytes(24)), version2=npy(good, bytes(24), 2),
    version9=npy(good, bytes(24), 9), short=npy(good, bytes(23)), long=npy(good, bytes(25)),
    scalar=npy(shape % ("<i8", "()"), bytes(8)),
    overflow=npy(shape % ("<f8", "(4294967296, 4294967296)"), bytes(8)),
    negative=npy(shape % ("<f8", "(-1,)")), object=npy(shape % ("|O", "(1,)")),
    five_dims=npy(shape % ("|u1", "(1, 1, 1, 1, 1)"), b"1"), no_shape=npy("{'descr': '|u1'}\n"),
    nested=npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}\n", b"1234"),
    header_beyond=b"\x93NUMPY\x01\x00\xff\xff{", magic_only=b"\x93NUMPY")

# --- png
rgb = png(8, 8, 8, 2, rows(8, bytes(range(24))))
put("png", rgb=rgb, cut=rgb[:-20], bad_crc=rgb[:40] + b"x" + rgb[41:],
    grey16=png(8, 8, 16, 0, rows(8, bytes(16))),
    palette=png(8, 8, 8, 3, rows(8, bytes(8)), chunk(b"PLTE", b"\1\2\3") + chunk(b"tRNS", b"\x80")),
    palette_none=png(8, 8, 8, 3, rows(8, bytes(8))), alpha=png(8, 8, 8, 6, rows(8, bytes(32))),
    one_bit=png(8, 8, 1, 0, rows(8, b"\xaa")), huge=png(2**31 - 1, 2**31 - 1, 8, 2, b""),
    too_small=png(7, 7, 8, 2, b""), interlaced=png(8, 8, 8, 2, bytes(400), b"", 1),
    signature=b"\x89PNG\r\n\x1a\n", filter9=png(8, 8, 8, 0, rows(8, bytes(8), b"\x09")))

# --- idx: the first byte chooses labels (0) or images (1)
labels = struct.pack(">II", 0x801, 60000)
images = struct.pack(">IIII", 0x803, 60000, 28, 28) + bytes(2 * 784)
put("idx", labels=b"\0" + labels + b"\1\2", images=b"\1" + images, gzip=b"\1" + gzip.compress(images),
    label_10=b"\0" + labels + b"\x0a\2", magic=b"\0" + struct.pack(">II", 0x802, 60000),
    count=b"\0" + struct.pack(">II", 0x801, 2**32 - 1),
    side=b"\1" + struct.pack(">IIII", 0x803, 60000, 29, 28), cut=b"\1" + images[:500],
    gzip_cut=b"\1" + gzip.compress(images)[:-9], gzip_magic=b"\1\x1f\x8b")

# --- csv
put("csv", plain='"1","a ""b"" c","d\\ne"\n3,x y,z\r\n"4","",""\n"2","two\nlines","caf\xe9"\n',
    class_5='"5","a","b"\n', open_quote='"1","a\n', two_fields='"1","a"\n',
    four_fields='"1","a","b","c"\n', nul='"1","a\0","b"\n', after_quote='"1","a"x,"b"\n',
    quote_inside='1,a"b,c\n', empty_line='"1","a","b"\n\n', newline="\n",
    backslashes='"1","\\\\\\n\\","\\"\n', no_words='"1","!!","..."\n')

# --- json: configurations, experiments, indexes
put("json",
    config='{"dataset":"synthetic-images","workers":4,"milestones":[0.5,0.75],"alpha":1e-3}',
    index='{"experiment":"x","tier":"smoke","tune":true,"scope":"acc_mean_pct","title":"t",'
          '"axes":["alpha","lr"],"runs":[{"dir":"a","seed":1,"alpha":"1","lr":"0.1"},'
          '{"dir":"b","seed":2,"alpha":"1","lr":"0.2"}]}',
    open="{", list="[]", null="null", quoted='{"lr":"0.1"}', infinite='{"lr":1e999}',
    half='{"workers":0.5}', twice='{"lr":0.1,"lr":0.2}', deep="[" * 2000, surrogate='{"a":"\\ud800"}',
    base_list='{"base":[],"axes":{},"seeds":[1],"tiers":{"smoke":{}}}',
    empty_axis='{"axes":{"lr":[]},"seeds":[1],"tiers":{"smoke":{}}}',
    no_seed='{"axes":{"lr":[0.1]},"seeds":[],"tiers":{"smoke":{}}}',
    all_skipped='{"axes":{"variant":["a","b"]},"seeds":[1],"skip":[{"variant":["a","b"]}],'
                '"tiers":{"smoke":{}}}',
    tier_number='{"tiers":{"smoke":1}}', index_numbers='{"experiment":1,"axes":[1],"runs":[1]}',
    index_empty_run='{"experiment":"x","tier":"smoke","axes":["a"],"runs":[{}]}',
    index_metric='{"metric":"no","runs":[]}',
    tune='{"tune":{"grid":[{"lr":[0.1]}],"seeds":[0],"holdout":0},"base":{"dataset":"quadratic"},'
         '"axes":{"alpha":[1]},"seeds":[1],"tiers":{"smoke":{}}}')

# --- edges
put("edges", ring="0 1\n1 2\n2 0\n", comment="# a\n\n0 1\n1 2\n", self="1 1\n", beyond="0 9\n",
    weights="0 1 0.3\n1 0 0.3\n1 2 0.3\n2 1 0.3\n0 0 0.7\n1 1 0.4\n2 2 0.7\n", negative="0 -1\n",
    word="a b\n", nan="0 1 nan\n", infinite="0 1 1e400\n", four="0 1 1 1\n", nul="0 1\0\n",
    long="0 1 " + "1" * 3000, big="99999999999999999999 1\n", mixed="0 1\n1 2 0.5\n", alone="0 0\n")

# --- partition
split = "".join(f"{w},{4 * w + i}\n" for w in range(3) for i in range(4))
put("partition", **{name: "worker,index\n" + body for name, body in {
    "good": split, "twice": split.replace("0,1\n", "0,0\n"), "beyond": split.replace("2,11", "2,12"),
    "worker": split.replace("2,11", "3,11"), "uneven": split[:-5], "word": "0,x\n",
    "negative": "0,-1\n", "huge": "0,99999999999999\n", "three": "0,1,2\n", "nul": "0,\0\n",
    "nothing": ""}.items()}, no_header=split)

# --- checkpoint
put("checkpoint", zeros=bytes(64), ones=b"\xff" * 64, names=b"gossipbench 1\n\0\0" + b"a" * 200,
    magic=b"gossipbench 1\n", huge=struct.pack("<7q", 8, *[2**62] * 6),
    negative=struct.pack("<7q", 4, *[-1] * 6))

# --- CSV files that reports read, and names of classes
published = ("paper,table,dataset,model,workers,topology,alpha,epochs,method,metric,value,std,seeds,"
             "note\n")
expected = ("experiment,tier,alpha,algorithm,scope,value,mean_pct,std_pct,seeds,diverged,missing,"
            "data_sha256,code_sha256\n")
put("sheet",
    published=published + "P,1,cifar10,,16,ring,0.1,300,gt,m,89.9,0.26,3,n\nP,2,,,,,,,,,,,,\n",
    published_words=published + "P,1,cifar10,,many,ring,nan,1e999,gt,m,best,-,-3,\n",
    expected=expected + "x,t,0.1,gt,acc_mean_pct,last,50.0000,0.0000,2,0,0,ab,cd\n",
    expected_else=expected + "x,t,0.1,gt,acc_mean_pct,last,9,,99999999999,x,,,\n",
    no_column="a,b\n1,2\n", other_count="a,b\n1\n", quoted='"a,b","c\nd"\n1,2\n', nul="a\0b\n",
    wide="," * 300 + "\n" * 300, no_row="a", names="airplane\ncar\r\nbird\n\nmore\n",
    many_names="x\n" * 1001)
put("json", manifest_lists='{"status": "finished", "config": [1], "results": [2]}',
    manifest_numbers='{"status": "diverged", "config": {"lr": {"a": 1}}, "data_sha256": 3,'
                     '"results": {"acc_mean_pct": {"last": 1e308, "best": "x"}}}',
    manifest_started='{"status": "started"}',
    index_claims='{"axes": ["a"], "claims": [[1], {"better": [1], "than": 2, "at": {"a": []}}, 3],'
                 '"published": [{"paper": "P"}, 1], "runs": [{"dir": "a", "seed": 1, "a": "x"}]}',
    index_scope='{"axes": [], "scope": 3, "runs": [{"dir": "a"}], "published": 7}',
    no_file='{"topology": "file:none"}', text_on_images='{"model": "textcnn-v20-e1-c1"}')
