#!/bin/sh
# Figures of finished runs: which there are, that they are PNG and PDF, and what is refused.
. "$(dirname "$0")/tap.sh"
ln -s "$root/experiments" experiments
figures=results/figures
is_png() {
    [ "$(head -c 4 "$1" | tail -c 3)" = PNG ]
}
is_pdf() {
    [ "$(head -c 4 "$1")" = %PDF ]
}
drawn() { # NAME...: both forms of each figure
    for drawing; do
        ok "  $drawing.png" is_png $figures/$drawing.png
        ok "  $drawing.pdf" is_pdf $figures/$drawing.pdf
    done
}
exits 1 "plot before there are runs" on 1 plot toy-quadratic --tier smoke
says "results/runs/toy-quadratic/smoke.json is not there"
exits 2 "plot of nothing" on 1 plot
says "plot needs an experiment"

exits 0 "a sweep" on 1 sweep toy-quadratic --tier smoke
exits 0 "plot toy-quadratic" on 1 plot toy-quadratic --tier smoke
drawn toy-quadratic-smoke-bars toy-quadratic-smoke-curves-test_loss_mean
exits 0 "a path" on 1 sweep figure-rosenbrock --tier smoke
exits 0 "plot figure-rosenbrock" on 1 plot figure-rosenbrock --tier smoke
drawn figure-rosenbrock-smoke-path figure-rosenbrock-smoke-over-lr
exits 0 "partitions" on 1 sweep figure-partition --tier smoke --dataset synthetic-images
exits 0 "plot figure-partition" on 1 plot figure-partition --tier smoke
drawn figure-partition-smoke-partition figure-partition-smoke-over-alpha

run=$(ls -d results/runs/figure-partition/dirichlet_alpha0.1-s1-*)
echo 'worker,class,count
0,0,many' >"$run/classes.csv"
exits 1 "a damaged classes.csv" on 1 plot figure-partition --tier smoke
says "classes.csv: is not a table of worker, class and count"
exits 1 "to nowhere" on 1 plot toy-quadratic --tier smoke --out /dev/null/x
says "/dev/null/x"
finish
