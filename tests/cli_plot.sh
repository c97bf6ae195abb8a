#!/bin/sh
# Figures of finished runs: which are drawn, that they are PNG and PDF, and what is refused.  The page
# of all results: it is made from runs alone, holds the tables' numbers, needs no other file, and
# escapes text in HTML.
. "$(dirname "$0")/tap.sh"
ln -s "$root/experiments" experiments
figures=results/figures
is_png() {
    [ "$(head -c 4 "$1" | tail -c 3)" = PNG ]
}
is_pdf() {
    [ "$(head -c 4 "$1")" = %PDF ]
}
is_svg() {
    head -c 300 "$1" | grep -q '<svg '
}
drawn() { # NAME...: all forms of each figure
    for drawing; do
        ok "  $drawing.png" is_png $figures/$drawing.png
        ok "  $drawing.pdf" is_pdf $figures/$drawing.pdf
        ok "  $drawing.svg" is_svg $figures/$drawing.svg
        ok "  $drawing.tex" grep -q "label{fig:$drawing}" $figures/$drawing.tex
    done
}
exits 1 "a page of nothing" on 1 report
says "there are no runs in results/runs or results/expected"
exits 1 "plot before there are runs" on 1 plot toy-quadratic --tier smoke
says "results/runs/toy-quadratic/smoke.json is not there"
exits 2 "plot of nothing" on 1 plot
says "plot needs EXPERIMENT"

exits 0 "a sweep" on 1 sweep toy-quadratic --tier smoke
exits 0 "plot toy-quadratic" on 1 plot toy-quadratic --tier smoke
drawn toy-quadratic-smoke-bars toy-quadratic-smoke-curves-test_loss_mean
ok "  methods have their names and colors" grep -q QG-DSGDm-N $figures/toy-quadratic-smoke-bars.svg
ok "  a paper's figure has its title" grep -q 'caption{Does everything run?' \
    $figures/toy-quadratic-smoke-bars.tex
exits 0 "for a paper" on 1 plot toy-quadratic --tier smoke --style two-column --out two
ok "  in the caption alone" sh -c 'grep -q "begin{figure\*}" two/toy-quadratic-smoke-bars.tex &&
    ! grep -q "Does everything run" two/toy-quadratic-smoke-bars.svg &&
    grep -q "Does everything run" results/figures/toy-quadratic-smoke-bars.svg'
if command -v pdflatex >/dev/null; then
    on 1 table toy-quadratic --tier smoke --format latex >two/table.tex
    cat >two/paper.tex <<'END'
\documentclass[twocolumn]{article}
\usepackage{booktabs,graphicx}
\begin{document}
\input{table.tex}
\input{toy-quadratic-smoke-bars.tex}
\end{document}
END
    exits 0 "a paper includes tables and figures" sh -c 'cd two && pdflatex -halt-on-error paper.tex'
    ok "  nothing is wider than a column" test "$(grep -c Overfull two/paper.log)" -eq 0
else
    skip "a paper includes tables and figures" "no pdflatex (Debian: texlive-latex-recommended)"
fi
long=$(printf '%063d' 0)
mkdir long long/$long && sed "s/\"toy-quadratic\"/\"$long\"/" results/runs/toy-quadratic/smoke.json >long/$long/smoke.json
cp -r results/runs/toy-quadratic/*/ long/$long
exits 0 "an experiment with the longest name" on 1 plot $long --tier smoke --from long --out two
ok "  has it whole in its files' names" is_png two/$long-smoke-bars.png
exits 2 "no such style" on 1 plot toy-quadratic --tier smoke --style thin
says "must be screen, one-column or two-column"
for form in png svg pdf; do
    exits 0 "a heat map as $form" on 1 partition --dataset synthetic-images --train-limit 100 \
        --test-limit 10 --workers 2 --partition dirichlet --alpha 0.1 --plot "map.$form"
    ok "  it is one" "is_$form" "map.$form"
done
ok "  it says alpha" grep -q 'Dirichlet, alpha 0.1' map.svg
exits 2 "as something else" on 1 partition --dataset synthetic-images --train-limit 100 \
    --test-limit 10 --workers 2 --plot map.jpg
says "map.jpg: a picture's name ends in .png, .pdf or .svg"
exits 0 "a path" on 1 sweep figure-rosenbrock --tier smoke
exits 0 "plot figure-rosenbrock" on 1 plot figure-rosenbrock --tier smoke
drawn figure-rosenbrock-smoke-path figure-rosenbrock-smoke-over-lr
exits 0 "partitions" on 1 sweep figure-partition --tier smoke --dataset synthetic-images
exits 0 "plot figure-partition" on 1 plot figure-partition --tier smoke
drawn figure-partition-smoke-partition figure-partition-smoke-over-alpha

cp -r results/runs kept
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

rm -r results/runs && mv kept results/runs

# The page, from the runs alone: no table and no verdict has been written here.
exits 2 "report of something" on 1 report table1
mkdir results/expected && cp -r "$root/results/published" results/
cp -r "$root/results/expected/table7-ablation" "$root/results/expected/table1" \
    "$root"/results/expected/table*.csv "$root/results/expected/figures" results/expected/
for of in toy-quadratic figure-rosenbrock; do
    sed -i 's|"title":[[:space:]]*"|&<script>alert(1)</script> |' results/runs/$of/smoke.json
done
rm $figures/toy-quadratic-smoke-* && touch -d '2 days ago' $figures/figure-rosenbrock-smoke-path.png
touch $figures/figure-partition-smoke-* && touch -d '1 hour ago' results/runs/figure-partition/*.json \
    results/runs/figure-partition/*/manifest.json
cp -p $figures/figure-partition-smoke-partition.png before.png
exits 0 "report" on 1 report
page=results/report.html
on 1 table toy-quadratic --tier smoke >table.md
for number in $(sed -n 's/^| .* | GT | *\**\([0-9.e-]*\) .*/\1/p' table.md); do
    ok "  it holds $number" grep -qF "$number" $page
done
ok "  its verdict" grep -q '<span class="badge [A-Z-]*">[a-z ]*</span>.*Toy quadratics' $page
ok "  in words" grep -q '<p>36 of 36 runs have ended' $page
ok "  in the order of the paper" test "$(grep -o "<h3>.*</h3>" $page | tr -d '\n')" = \
    "<h3>The paper's tables</h3><h3>Learning rates that were tried</h3><h3>Smoke tests</h3>"
ok "  how to get it" grep -q '<code>make reproduce TABLE=toy-quadratic TIER=smoke</code>' $page
ok "  committed results are marked" grep -q 'class="badge">committed result' $page
ok "  figures that were not there are drawn" is_png $figures/toy-quadratic-smoke-bars.png
ok "  and those older than their runs" test $figures/figure-rosenbrock-smoke-path.png -nt \
    results/runs/figure-rosenbrock/smoke.json
ok "  no others" test ! $figures/figure-partition-smoke-partition.png -nt before.png
ok "  they are on it" test \
    "$(grep -c '<img alt="[A-Z][^"]*" width="[0-9]*" src="data:image/png;base64,iVBOR' $page)" -ge 4
ok "  curves are parts of it" test "$(grep -c '<svg class="panel" .*role="img" aria-label="' $page)" -ge 6
ok "  whose points say their values" grep -q '<title>QG-DSGDm-N, round [0-9]*: [0-9.e-]* (' $page
ok "  one script, its own" test "$(grep -c '<script>$' $page)$(grep -c '<script' $page)" = 11
ok "  the text of one" grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' $page
grep -oE '(src|href|url|@import)[=( ]*"?[^" )>]*' $page | grep -vE '^(src="data:|href="#|href="(runs|expected)/)' >other
ok "  nothing from elsewhere" test ! -s other
grep -oE 'href="[^#"]*"' $page | sort -u | sed 's/href="\(.*\)"/results\/\1/' >links
ok "  numbers are links to their manifests" test "$(grep -c '/manifest.json$' links)" -ge 60
ok "  which are there" sh -c 'while read -r link; do [ -s "$link" ] || exit 1; done <links'
if command -v chromium >/dev/null; then
    sed 's|</body>|<script>\
        const table = [...document.querySelectorAll("table")].pop(), head = table.tHead.rows[0];\
        const last = () => [...table.tBodies[0].rows].map(r => parseFloat(r.cells[2].textContent));\
        const rises = a => a.every((v, i) => !i \|\| isNaN(v) \|\| v >= a[i - 1]);\
        head.cells[2].firstChild.click();\
        const up = rises(last());\
        head.cells[2].firstChild.click();\
        const down = rises(last().filter(v => !isNaN(v)).reverse());\
        const svg = document.querySelector("svg.panel"), box = svg.getBoundingClientRect();\
        svg.dispatchEvent(new PointerEvent("pointermove", {clientX: box.right - 9}));\
        document.title = [up, down, tip.hidden, tip.textContent.split("\\n")[0],\
            document.body.scrollWidth <= innerWidth].join(";");\
        </script></body>|' $page >scripted.html
    browse() { # URL: the page as it is after its scripts have run, on a phone
        timeout $run_limit chromium --headless=new --no-sandbox --disable-gpu --window-size=500,900 \
            --user-data-dir="$temp/browser" --virtual-time-budget=2000 --dump-dom "$1"
    }
    browse "file://$PWD/scripted.html" >dom 2>/dev/null
    ok "  tables are sorted, and curves say their values" \
        grep -qE '<title>true;true;false;[^;]*, [a-zα ]+ [0-9.]+: [0-9.e+-]+[^;]*;true</title>' dom
else
    skip "tables are sorted, and curves say their values" "no browser (Debian: chromium)"
fi
cp $page before
exits 0 "again" on 1 report
ok "  the same page" cmp before $page
rm $figures/*
exits 0 "without gnuplot" env PATH="$temp/empty" "$program" report
says "not all figures could be drawn: a picture needs gnuplot, which is not installed"
ok "  the page says so" grep -q 'Not all figures could be drawn: a picture needs gnuplot' $page
exits 0 "report --markdown" on 1 report --markdown
for table in table7-ablation-quick table1-quick table1-quick-tune table1-standard; do
    ok "  it holds $table" grep -q "^## $table\$" results/README.md
done
ok "  in full" grep -q '^    VERDICT=[A-Z-]* table=table1 tier=standard data=cifar10 cells=18 ' results/README.md
ok "  nothing made here" test "$(grep -c toy-quadratic-smoke results/README.md)" -eq 0

# --from: another folder of runs, with its figures beside them.
mv results/runs elsewhere
for verb in table compare plot; do
    exits 1 "$verb without the runs" on 1 $verb toy-quadratic --tier smoke
    exits 0 "$verb --from" on 1 $verb toy-quadratic --tier smoke --from elsewhere
done
says "elsewhere/figures/toy-quadratic-smoke-bars.png, .svg, .pdf and .tex written"
ok "  the same table" sh -c '"$1" table toy-quadratic --tier smoke --from elsewhere | cmp table.md' - "$program"
exits 0 "report --from" on 1 report --from elsewhere --out from.html
says "from.html written: 3 tables"
ok "  with its figures" test "$(grep -c '</figcaption>' from.html)" -ge 6
ok "  and links from where the page is" grep -q 'href="elsewhere/toy-quadratic/[^/]*/manifest.json"' from.html
on 1 table table1 --from results/expected --format csv >table1.csv
ok "table --from results/expected" cmp table1.csv results/expected/table1-quick.csv
exits 1 "a damaged index" sh -c 'echo x >elsewhere/toy-quadratic/bad.json; "$1" report --from elsewhere' - "$program"
says "elsewhere/toy-quadratic/bad.json: must hold a JSON object"
exits 1 "to nowhere" on 1 report --from results/expected --out /dev/null/x
says "/dev/null/x"
finish
