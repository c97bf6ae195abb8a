#!/bin/sh
# Figures of finished runs: which there are, that they are PNG and PDF, and what is refused; the page
# of all results: it holds the tables' numbers, needs no other file, and takes no text for HTML.
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
rm "$run/metrics.csv" && mkdir "$run/metrics.csv"
exits 1 "a run without its metrics.csv" on 1 plot figure-partition --tier smoke
says "metrics.csv: "
ok "  one sentence" test "$(grep -c '^gossipbench: ' said)" -eq 1
mkdir empty
exits 1 "no gnuplot" env PATH="$temp/empty" "$program" plot toy-quadratic --tier smoke
says "a picture needs gnuplot, which is not installed (Debian: gnuplot-nox)"
ok "  the figures of before are kept" test -s $figures/toy-quadratic-smoke-bars.png
echo >$figures/toy-quadratic-smoke-path-7.png
exits 0 "plot again" on 1 plot toy-quadratic --tier smoke
ok "  a figure of other runs is gone" test ! -e $figures/toy-quadratic-smoke-path-7.png
sed -i 's/"finished"/"interrupted"/' results/runs/toy-quadratic/*/manifest.json
exits 1 "no run has ended" on 1 plot toy-quadratic --tier smoke
says "none of the 36 runs of tier smoke has ended"
sed -i 's/"interrupted"/"finished"/' results/runs/toy-quadratic/*/manifest.json
exits 1 "to nowhere" on 1 plot toy-quadratic --tier smoke --out /dev/null/x
says "/dev/null/x"

exits 1 "a page of nothing" on 1 report
says "there is no table in results/tables or results/expected"
exits 2 "report of something" on 1 report table1
exits 0 "a table" on 1 table toy-quadratic --tier smoke --save
exits 0 "  its verdict" on 1 compare toy-quadratic --tier smoke --save
sed -i '1s/^/<script>alert(1)<\/script> /' results/tables/toy-quadratic-smoke.md
cp -r "$root/results/expected" results/
exits 0 "report" on 1 report
page=results/report.html
for number in $(sed -n 's/^| .* | gt | *\**\([0-9.e-]*\) .*/\1/p' results/tables/toy-quadratic-smoke.md); do
    ok "  it holds $number" grep -qF "$number" $page
done
ok "  its verdict" grep -q '<span class="outcome PASS">PASS</span>.*Toy quadratics' $page
ok "  how to get it" grep -q '<code>make reproduce TABLE=toy-quadratic TIER=smoke</code>' $page
ok "  committed results are marked" grep -q 'class="committed">committed result' $page
ok "  its figures" test "$(grep -c '<img alt="" src="data:image/png;base64,iVBOR' $page)" -ge 3
ok "  no script" test "$(grep -c '<script' $page)" -eq 0
ok "  the text of one" grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' $page
grep -oE '(src|href|url|@import)[=( ]*"?[^" )>]*' $page | grep -vE '^(src="data:|href="#)' >other
ok "  nothing from elsewhere" test ! -s other
cp $page before
exits 0 "again" on 1 report
ok "  the same page" cmp before $page
rm $figures/*
exits 0 "without figures" on 1 report
ok "  it says so" grep -q 'No figures are there' $page
exits 0 "report --markdown" on 1 report --markdown
for table in results/expected/*.md; do
    table=${table##*/}
    case $table in README.md | *-verdict.md) continue ;; esac
    ok "  it holds ${table%.md}" grep -q "^## ${table%.md}\$" results/README.md
done
ok "  no results of here" test "$(grep -c toy-quadratic-smoke results/README.md)" -eq 0
exits 1 "a damaged table" sh -c 'echo x >results/tables/bad-quick.md; "$1" report' - "$program"
says "results/tables/bad-quick.md: does not begin with a line"
finish
