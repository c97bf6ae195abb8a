# The only build file.  A .c file is picked up by its folder; header dependencies are written by
# the compiler.  Variants build beside each other:
#   release  float, optimised (the default)         double  everything in double, for gradient checks
#   san      float, address and undefined-behaviour sanitizers
VARIANT ?= release
ifeq ($(filter $(VARIANT),release double san),)
$(error VARIANT is '$(VARIANT)'; it can be release, double or san)
endif

B        := build/$(VARIANT)
CC       ?= gcc
CXX      ?= g++
PKGS     := ompi-c openblas lapacke libcjson libzip zlib libpng libcrypto
# One instruction set for the whole program, checked at start; nn/kernels/ chooses at run time.
MARCH    ?= $(if $(filter x86_64,$(shell uname -m)),-march=x86-64-v3)
OPT      := -O3 -g $(MARCH) -ffp-contract=off
ifeq ($(VARIANT),double)
OPT      += -DREAL_DOUBLE
endif
ifeq ($(VARIANT),san)
OPT      := -O1 -g $(MARCH) -ffp-contract=off -fsanitize=address,undefined \
            -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings \
            -Wpointer-arith -Wformat=2 -Wundef -Werror
CPPFLAGS += -D_XOPEN_SOURCE=700 -DVARIANT='"$(VARIANT)"' -I. -I$(B) \
            $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
CFLAGS   := -std=c11 $(OPT) $(WARN)
CXXFLAGS := -std=c++17 $(OPT) -Wall -Wextra -Werror
LDLIBS    = $(shell pkg-config --libs $(PKGS)) -lm
