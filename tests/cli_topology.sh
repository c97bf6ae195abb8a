#!/bin/sh
# `topology`: what it prints about known graphs, the files that it writes, and its error messages.
. "$(dirname "$0")/tap.sh"

ok "a ring" "$program" topology ring -n 16
says "degree 2, 32 directed edges, symmetric, diameter 8"
says "eigenvalues from -0.333333333 to 1.000000000"
says "D²: not stable: the smallest eigenvalue is on the border, -1/3; lazy is"
ok "a lazy ring" "$program" topology ring -n 16 --lazy
says "D²: stable: every eigenvalue is above -1/3"
ok "a base graph" "$program" topology base-2 -n 5
says "period of 5 rounds; over it, distance to averaging"
says "averages exactly after 5 rounds"
ok "a torus only approaches the mean" "$program" topology torus -n 16
says "any disagreement falls to 1/1000 within 14 rounds"
! grep -q exactly "$temp/said"
report $? "it does not say exactly"
ok "a graph that never repeats" "$program" topology random-matching -n 8
says "D²: unknown: the graph never repeats"
says "never repeats; over 64 rounds, distance to averaging"
ok "a graph that is not connected" "$program" topology disconnected -n 3
says "not connected"
ok "a graph from a file" "$program" topology "file:$root/tests/golden/petersen.txt" -n 10
says "degree 3, 30 directed edges, symmetric, diameter 2"

ok "seeds" "$program" topology erdos-renyi --seed 3 --out a.npz
ok "seeds" "$program" topology erdos-renyi --seed 4 --out b.npz
ok "seeds" "$program" topology erdos-renyi --seed 3 --out c.npz
cmp a.npz c.npz >said 2>&1
report $? "the same seed draws the same graph"
! cmp -s a.npz b.npz
report $? "another seed draws another"

if command -v gnuplot >/dev/null; then
    ok "a picture" "$program" topology karate-club -n 34 --plot "it's a picture.png"
    [ "$(head -c 4 "it's a picture.png" | tail -c 3)" = PNG ]
    report $? "it is a PNG file"
    [ "$(wc -c <"it's a picture.png")" -gt 20000 ]
    report $? "it is not empty"
    exits 0 "a vector picture" "$program" topology karate-club -n 34 --plot picture.pdf
    [ "$(head -c 4 picture.pdf)" = %PDF ]
    report $? "it is a PDF file"
    exits 0 "a vector picture" "$program" topology karate-club -n 34 --plot picture.svg
    ok "it is an SVG file" grep -q '<svg' picture.svg
    ok "rounds of a changing graph" "$program" topology one-peer-exponential -n 8 --plot rounds.svg
    ok "  are panels" sh -c 'for k in 0 1 2; do grep -q "round $k" rounds.svg || exit 1; done'
    ok "a directed graph" "$program" topology directed-ring -n 8 --plot arrows.svg
    ok "its undirected form" "$program" topology ring -n 8 --plot lines.svg
    ok "  has no arrows" test "$(grep -c polygon arrows.svg)" -ge "$(($(grep -c polygon lines.svg) + 8))"
    exits 2 "a picture of an unknown kind" "$program" topology ring --plot ring.jpg
    says "ring.jpg: a picture's name ends in .png, .pdf or .svg"
    mkdir home
    echo 'set label "MINE" at graph 0.5,0.5' >home/.gnuplot
    for setting in HOME="$temp/home" GNUTERM=x11 GNUTERM=dumb; do
        exits 0 "whatever the user's $setting" env $setting \
            "$program" topology karate-club -n 34 --plot again.png
        cmp "it's a picture.png" again.png >said 2>&1
        report $? "it is the same picture"
    done
    mkdir bad
    printf '#!/bin/sh\nprintf "\\n  line 3: no such color\\n\\n" >&2; cat >/dev/null; exit 1\n' >bad/gnuplot
    chmod +x bad/gnuplot
    exits 1 "a gnuplot that fails" env PATH="$temp/bad:$PATH" "$program" topology ring --plot ring.png
    says "ring.png: gnuplot could not draw it: line 3: no such color"
    [ ! -e ring.png ]
    report $? "nothing is left behind"
    cp again.png kept.png
    exits 1 "the same, over a picture" env PATH="$temp/bad:$PATH" "$program" topology ring --plot again.png
    cmp again.png kept.png >said 2>&1
    report $? "that is kept"
    printf '#!/bin/sh\nkill -9 $$\n' >bad/gnuplot
    exits 1 "a gnuplot that is killed" env PATH="$temp/bad:$PATH" "$program" topology ring --plot ring.png
    says "ring.png: gnuplot could not draw it: signal 9 ended it"
fi
exits 1 "no folder for the picture" "$program" topology ring --plot none/ring.png
says "none/ring.png: cannot be written"
mkdir empty
exits 1 "no gnuplot" env PATH="$temp/empty" "$program" topology ring --plot ring.png
says "a picture needs gnuplot, which is not installed (Debian: gnuplot-nox)"
[ ! -e ring.png ]
report $? "nothing is left behind"

exits 2 "a name nearby" "$program" topology hypercub
says "unknown topology 'hypercub' (did you mean 'hypercube'?)"
exits 0 "a graph of one size" "$program" topology karate-club
says "karate-club, n = 34"
exits 2 "an n that does not fit" "$program" topology random-regular-3 -n 7
says "n must be at least 4, and even"
exits 2 "a seed below 0" "$program" topology ring --seed -1
printf '0 1\n2 3\n' >apart.txt
exits 1 "a file with two parts" "$program" topology file:apart.txt -n 4
says "apart.txt: is not connected: no path joins workers 0 and 2"
exits 2 "a file for fewer workers" "$program" topology file:apart.txt -n 9
says "the largest worker is 3, in line 2, so that n must be 4"

run="run --dataset synthetic-images --train-limit 80 --test-limit 20 --model resnet8-gn --epochs 1
    --batch-size 8 --warmup-epochs 0 --lr 0.05 --partition iid --algorithm dsgd"
for graph in base-2 random-matching erdos-renyi "file:$root/tests/golden/petersen.txt"; do
    ok "a run on $graph" on 1 $run --workers 10 --topology "$graph" --out one
    ok "a run on $graph, 3 ranks" on 3 $run --workers 10 --topology "$graph" --out three
    ok "  they are the same" same one three
    rm -rf one three
done
exits 0 "a graph for push-sum" on 1 topology directed-erdos-renyi -n 16
says "rows do not sum to 1, columns do: for push-sum (sgp, sgp-qg) only"

# The user's own graphs.  Files that were written give the same graph: the same bits in a run.
toy="run --dataset quadratic --lr 0.1 --warmup-epochs 0 --milestones [] --epochs 30"
again() { # GRAPH N ROUNDS ALGORITHM
    ok "$1 is written" "$program" topology "$1" -n "$2" --rounds "$3" --out W.npz
    ok "  a run on it" on 1 $toy --topology "$1" --workers "$2" --algorithm "$4" --out given
    ok "  a run on the file, which says how many workers there are" \
        on 3 $toy --topology file:W.npz --algorithm "$4" --out own
    ok "  the same bits" same given own
    [ "$(sed -n '/"setting_files"/,/}/s/.*"topology":.*"\(.*\)".*/\1/p' own/manifest.json)" = "$(sha256sum <W.npz | cut -c 1-64)" ]
    report $? "  its manifest has the sum of the file"
    ! grep -q setting_files given/manifest.json
    report $? "  that of a graph by name has none"
    rm -rf given own
}
again ring 12 4 gt
again one-peer-exponential 8 3 qg-dsgdm-n
again directed-erdos-renyi 6 1 sgp
exits 2 "a directed graph whose rows do not sum to 1, with another method" \
    on 1 $toy --topology file:W.npz --algorithm dsgd --out out
says "dsgd does not preserve the mean on file:W.npz, whose matrix is only column-stochastic"
exits 0 "what it is" "$program" topology file:W.npz
says "rows do not sum to 1, columns do: for push-sum (sgp, sgp-qg) only"
printf 'directed\n0 1\n1 2\n2 0\n0 2\n' >directed.txt
exits 0 "directed edges" on 1 $toy --topology file:directed.txt --algorithm sgp-qg --out one
exits 0 "  3 ranks" on 3 $toy --topology file:directed.txt --algorithm sgp-qg --out three
ok "  the same bits" same one three
printf '0 1\nround\n1 2\nround\n0 2\n' >rounds.txt
exits 0 "rounds" "$program" topology file:rounds.txt
says "file:rounds.txt, n = 3"
says "period of 3 rounds"
exits 2 "rounds, where the method needs a static graph" \
    on 1 $toy --topology file:rounds.txt --algorithm choco-sgd-q8 --out out
says "the neighbours change on file:rounds.txt"
exits 2 "another number of workers" on 1 $toy --topology file:rounds.txt --workers 4 --out out
says "does not fit 4 workers: the largest worker is 2, in line 3, so that n must be 3"

if python3 -c 'import networkx' 2>/dev/null; then
    python3 - <<'END'
import networkx as nx
path = nx.path_graph(4)
nx.write_edgelist(path, "plain.edges")
nx.write_edgelist(path, "bare.edges", data=False)
nx.write_adjlist(path, "list.adj")
for a, b in path.edges:
    path[a][b]["weight"] = 0.25
for i in path:
    path.add_edge(i, i, weight=1 - 0.25 * path.degree(i))
nx.write_edgelist(path, "weight.edges")
nx.write_weighted_edgelist(path, "weighted.edges")
nx.write_edgelist(path, "column.edges", data=["weight"])
with open("directed.edges", "wb") as f:
    f.write(b"directed\n")
    nx.write_edgelist(nx.cycle_graph(5, create_using=nx.DiGraph), f)
END
    for file in plain.edges bare.edges list.adj weight.edges weighted.edges column.edges; do
        exits 0 "networkx: $file" "$program" topology "file:$file"
        says "n = 4"
        says "degree 2, 6 directed edges, symmetric, diameter 3"
    done
    exits 0 "networkx: a directed graph" "$program" topology file:directed.edges
    says "degree 1, 5 directed edges, not symmetric, diameter 4"
else
    skip "what networkx writes" "networkx is not installed"
fi
finish
