"""The files that gossipbench exports: parameters, samples, splits, mixing matrices."""
import json

import numpy as np
import torch

DTYPES = {"F32": np.float32, "F64": np.float64, "I32": np.int32, "I64": np.int64, "U8": np.uint8}


def read_safetensors(path):
    """As safetensors.torch.load_file, without that package: 8 bytes of length, a header, the data."""
    with open(path, "rb") as f:
        header = json.loads(f.read(int.from_bytes(f.read(8), "little")))
        data = f.read()
    about = header.pop("__metadata__", {})
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        arrays[name] = np.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return arrays, json.loads(about.get("gossipbench", "{}"))


def read(path):
    """The arrays of a file, and its metadata."""
    if path.endswith(".safetensors"):
        return read_safetensors(path)
    with np.load(path) as archive:
        arrays = dict(archive)
    about = arrays.pop("metadata", None)
    return arrays, json.loads(about.tobytes()) if about is not None else {}


def read_state(path):
    """A state_dict, and the metadata of the run that it is from."""
    arrays, about = read(path)
    return {name: torch.from_numpy(v.copy()) for name, v in arrays.items()}, about


def write_state(path, net):
    """Write the parameters of a network as gossipbench reads them."""
    np.savez(path, **{name: v.detach().numpy() for name, v in net.state_dict().items()})


def as_input(x, network):
    """Bytes of images, normalised as the network was trained; tokens stay."""
    if x.ndim == 2:
        return torch.from_numpy(x)
    mean, std = (torch.tensor(network[k]).view(-1, 1, 1) for k in ("mean", "std"))
    return (torch.from_numpy(x) / 255 - mean) / std
