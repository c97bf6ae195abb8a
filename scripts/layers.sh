#!/bin/sh
# Check which folder includes which, and that the files of verbs are thin: prints every offence, exits
# with 1 if there is any.  Our own headers are included by their path from the root ("nn/net.h"), so
# grep suffices.
cd "$(dirname "$0")/.." || exit 1
checked="core nn nn/kernels models loaders partitions problems algorithms topologies gossip train sweep draw report tune clock watch command cli"
include='^[[:space:]]*#[[:space:]]*include[[:space:]]*'
bad=0
say() {
    echo "layers: $*"
    bad=1
}

# allow FOLDER OTHER...: the folders that FOLDER may include in addition to itself; headers of other
# projects are always allowed.
allow() {
    folder=$1
    shift
    for line in $(grep -EHo "${include}[\"<][^\">]*" "$folder"/*.c "$folder"/*.h "$folder"/*.cc \
        2>/dev/null | tr -d ' \t'); do
        header=${line#*[\"<]}
        into=.
        case $header in */*) into=${header%/*} ;; esac
        case $line in
        *'"version.h' | *'"code_parts.h') continue ;;   # written by the Makefile
        draw/names.c:*/list.h) continue ;;              # reads nothing but the names
        *'<'*) [ "$into" != . ] && [ -d "$into" ] || continue ;; # of another project
        esac
        case " $folder $* " in
        *" $into "*) ;;
        *) say "${line%%:*} includes $header; $folder/ may include itself and:" "$@" ;;
        esac
    done
}

# only PATTERN PLACE...: a header of another project, and the files or folders/ that may include it.
only() {
    pattern=$1
    shift
    for file in $(grep -ElRs --include='*.[ch]' --include='*.cc' "${include}[\"<]${pattern}[\">]" \
        $checked | sort -u); do
        case " $* " in
        *" $file "* | *" ${file%/*}/ "*) ;;
        *) say "$file includes $(echo "$pattern" | tr -d '\\'), which is only for:" "$@" ;;
        esac
    done
}

allow core
allow nn core nn/kernels
allow nn/kernels core nn # for nn/blas.h
allow models core nn
allow loaders core partitions # the sampler
allow partitions core
allow problems core
allow algorithms core
allow topologies core
allow gossip core
allow train core nn nn/kernels models loaders partitions problems algorithms topologies gossip
allow sweep core nn models gossip train loaders partitions
allow watch core train sweep report # results and progress in, text out
allow tune core gossip sweep report # runs, and what their results ask for
allow clock core gossip topologies algorithms train sweep report # results in, results out
allow draw core loaders partitions topologies # what it draws
allow report core draw
allow command core nn models loaders partitions problems algorithms topologies gossip train sweep report
allow cli core nn nn/kernels models loaders partitions problems algorithms topologies gossip train sweep \
    draw report tune clock watch command

only 'mpi\.h' gossip/
only 'cblas\.h' nn/blas.h
only 'lapacke\.h' topologies/spectrum.c
only 'png\.h' loaders/ draw/
only '(cjson/)?cJSON\.h' core/json.h train/ sweep/ report/
only 'ncurses\.h' cli/watch.c
only 'zip\.h' core/npz.c core/npz_reader.h
only 'zlib\.h' loaders/
only 'openssl/.*' core/hash.c report/html.c
only 'Random123/.*' core/random.c

# The files of verbs are thin: arguments in, the work of another folder, an exit code out.
for file in cli/*.c; do
    [ "$(wc -l <"$file")" -le 100 ] || say "$file is longer than 100 lines; its work belongs in the folder of its noun"
done

# Refuse folders that no rule names, since they would escape all checks.
for file in *.[ch] */*.[ch] */*/*.[ch]; do
    case " . $checked bench scripts scripts/cluster tests tests/fuzz " in
    *" ${file%/*} "*) continue ;;
    esac
    case $file in
    build/* | \**) ;;
    *) say "$file is in a folder that scripts/layers.sh has no rule for" ;;
    esac
done
exit $bad
