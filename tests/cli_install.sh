#!/bin/sh
# The installed program: it reads what it needs from where it is installed, and writes only where it is
# used.
. "$(dirname "$0")/tap.sh"
unset GOSSIPBENCH_ROOT
make="make --no-print-directory -s -C $root VARIANT=${CLI_VARIANT:-release} PREFIX=/opt DESTDIR=$temp/there"
ok "make install" $make install
there=there/opt
for file in bin/gossipbench bin/gossipbench-mpirun share/man/man1/gossipbench.1 \
    share/bash-completion/completions/gossipbench share/zsh/site-functions/_gossipbench \
    share/doc/gossipbench/README.md share/gossipbench/experiments/table1.json; do
    ok "$file" test -s $there/$file
done
find there -type f -exec sha256sum {} + | sort >before
PATH=$temp/$there/bin:$PATH
mkdir work && cd work || exit 1
exits 0 "its experiments" gossipbench info experiments
cp "$temp/said" list
exits 0 "  are listed" grep -c "table1 " list
exits 0 "a sweep" gossipbench sweep toy-quadratic --tier smoke
ok "  its results are in the working folder" test -e results/runs/toy-quadratic/smoke.json
exits 0 "  its table" gossipbench table toy-quadratic --tier smoke
exits 0 "published numbers and committed results" gossipbench compare table1 --tier standard --from results/expected
says "VERDICT="
exits 0 "gossipbench-mpirun" gossipbench-mpirun -np 2 gossipbench run --dataset quadratic --epochs 5 --warmup-epochs 0
exits 1 "no data here" gossipbench partition
says "gossipbench: datasets/data/cifar-10-batches-bin: there is no such folder"
mkdir experiments && cp "$root/experiments/toy-quadratic.json" experiments/own.json
exits 0 "an experiment of one's own" gossipbench sweep own --tier smoke
exits 0 "  beside the others" gossipbench sweep table1 --tier smoke --list
cd "$temp" || exit 1
find there -type f -exec sha256sum {} + | sort >after
ok "nothing has been written there" cmp before after
# The image of the Dockerfile has the packages of all libraries that the program loads by itself; libc6 and
# libtinfo6 are in every Debian, and libopenmpi3 comes with openmpi-bin.
image_has() { # LIBRARY
    packages=$(dpkg-query -S "*/$1" | sed 's/[:,].*//' | sort -u)
    for package in ${packages:-none}; do
        case $package in
        libc6 | libtinfo6) return 0 ;;
        libopenmpi*) package=openmpi-bin ;;
        esac
        ! grep -qw -e "$package" "$root/Dockerfile" || return 0
    done
    echo "the Dockerfile lacks $packages"
    return 1
}
if command -v readelf >/dev/null && command -v dpkg-query >/dev/null; then
    libraries=$(readelf -d there/opt/bin/gossipbench | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
    ok "the program loads libraries" test -n "$libraries"
    for library in $(echo "$libraries" | grep -v '^lib[au]b*san'); do
        ok "the image has $library" image_has "$library"
    done
else
    skip "the image has the libraries" "there is no readelf or dpkg-query"
fi
ok "make uninstall" $make uninstall
ok "  leaves no file" test -z "$(find there -type f -o -type l)"
finish
