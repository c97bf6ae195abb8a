#!/bin/sh
# Make a Debian package of the built program: build/deb/gossipbench_VERSION_ARCHITECTURE.deb.  It is
# for processors with the instructions of the Makefile's MARCH, which the program checks at start.
set -eu
cd "$(dirname "$0")/.."
version=$(build/release/gossipbench --version | sed 's/^gossipbench \([^ ]*\).*/\1/')
architecture=$(dpkg --print-architecture)
date=$(git log -1 --format=%cD 2>/dev/null || date -R)
owner='The gossipbench maintainers <gossipbench@users.noreply.github.com>'
stage=build/deb/stage
doc=$stage/usr/share/doc/gossipbench
rm -rf build/deb
mkdir -p $stage/DEBIAN build/deb/debian $stage/usr/share/lintian/overrides
make --no-print-directory -s install DESTDIR="$PWD/$stage" PREFIX=/usr ZSH_DIR=/usr/share/zsh/vendor-completions
strip --strip-unneeded --remove-section=.comment --remove-section=.note $stage/usr/bin/gossipbench
gzip -9n $stage/usr/share/man/man1/gossipbench.1
ln -sf gossipbench.1.gz $stage/usr/share/man/man1/gossipbench-mpirun.1.gz
rm $stage/usr/share/man/man1/gossipbench-mpirun.1 $doc/LICENSE

cat >$doc/copyright <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: 2026 The gossipbench maintainers
License: Apache-2.0
 On Debian systems, the full text of the Apache License, version 2.0, is in
 /usr/share/common-licenses/Apache-2.0.
END
gzip -9n >$doc/changelog.gz <<END
gossipbench ($version) unstable; urgency=medium

  * See CHANGELOG.md beside this file.

 -- $owner  $date
END
cat >$stage/usr/share/lintian/overrides/gossipbench <<END
# OpenBLAS without threads, if it is installed, before the alternative that starts one per core.
gossipbench: custom-library-search-path
END

# The libraries that the program needs, as packages.
cat >build/deb/debian/control <<END
Source: gossipbench

Package: gossipbench
Architecture: any
END
depends=$(cd build/deb && dpkg-shlibdeps -O --ignore-missing-info stage/usr/bin/gossipbench 2>/dev/null |
    sed 's/^shlibs:Depends=//')
cat >$stage/DEBIAN/control <<END
Package: gossipbench
Version: $version
Architecture: $architecture
Maintainer: $owner
Section: science
Priority: optional
Installed-Size: $(du -sk $stage/usr | cut -f 1)
Depends: $depends, openmpi-bin
Recommends: curl, gnuplot-nox
Suggests: dataset-fashion-mnist
Description: reproducible benchmark of decentralized deep learning
 Each of n workers holds its own part of the data. The workers train one
 network together: every worker takes gradient steps on its own samples and
 averages its parameters with its neighbours in a graph (gossip).
 .
 This package runs the experiments of the quasi-global-momentum paper on
 images and texts, and judges every claim from its seeds.
END
(cd $stage && find usr -type f -exec md5sum {} + >DEBIAN/md5sums)
dpkg-deb --root-owner-group --build $stage build/deb/gossipbench_"$version"_"$architecture".deb
rm -rf $stage build/deb/debian
