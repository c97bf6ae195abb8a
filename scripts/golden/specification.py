"""The modules of the executable specification, in the folder that is the first argument, else in ../shared/oracle."""
import importlib
import os
import sys

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


def load(name):
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(ROOT), "shared", "oracle")
    if not os.path.isfile(os.path.join(folder, name + ".py")):
        sys.exit(f"{sys.argv[0]}: there is no {folder}/{name}.py; give the folder of the executable specification as argument")
    sys.path.insert(0, folder)
    return importlib.import_module(name)
