#!/bin/sh
# A run's folder: only one process at a time writes into it, and its content is not lost by mistake.
. "$(dirname "$0")/tap.sh"
toy="--dataset consensus --workers 4 --warmup-epochs 0 --milestones [] --lr 0.1 --eval-every 1000
    --checkpoint-every 5000 --epochs"
endless="1000000 --dim 5000"

exits 0 "a run" on 1 run $toy 2000 --out done
cp -r done before
for ranks in 1 2; do
    exits 1 "another configuration into its folder, $ranks ranks" \
        on $ranks run $toy 3000 --out done
    says "done: holds a run of another configuration"
    says "with the status 'finished': take another folder, or --replace that run"
    exits 1 "  also with --resume" on $ranks run $toy 3000 --out done --resume
    ok "  the folder is as it was" diff -r before done
done
touch done/split.csv
exits 0 "--replace" on 2 run $toy 3000 --out done --replace
exits 0 "  as in a folder of its own" on 1 run $toy 3000 --out alone
ok "  the same bits" same alone done
ok "  and files" sh -c 'ls done >a && ls alone | cmp a -'
touch done/checkpoint done/checkpoint.previous done/claim
exits 0 "killed at its very end" on 2 run $toy 3000 --out done
says "it is not run again"
ok "  nothing is left over" sh -c 'ls done | cmp a -'
exits 0 "--replace of the same run" on 1 run $toy 3000 --out done --replace
ok "  makes it again" sh -c '! cmp -s alone/timing.csv done/timing.csv'
exits 2 "--replace and --resume" on 1 run $toy 3000 --out done --replace --resume
says "take one"

# Two at a time.
"$program" run $toy $endless --out both </dev/null >/dev/null 2>&1 &
pid=$!
started both checkpoint 1
for arguments in "$endless" "$endless --resume" "$endless --replace" "10"; do
    exits 1 "while another process writes there: $arguments" on 1 run $toy $arguments --out both
    says "both: another process is writing a run into this folder"
done
exits 1 "  2 ranks" on 2 run $toy 10 --out both
ok "  one sentence" test "$(grep -c '^gossipbench: ' said)" -eq 1
kill -KILL $pid
wait $pid 2>/dev/null
exits 1 "after kill -9: another configuration" on 1 run $toy 10 --out both
says "with the status 'started'"
exits 1 "  the same, which has a checkpoint" on 1 run $toy $endless --out both
says "--resume continues from it, --replace starts anew"
rm both/manifest.json
exits 1 "  another one, without a manifest" on 1 run $toy 10 --out both
says "both: holds a checkpoint"
exits 0 "--replace" on 1 run $toy 10 --out both --replace
ok "  nothing of the old run is left" test ! -e both/checkpoint -a ! -e both/claim
exits 0 "  as in a folder of its own" on 1 run $toy 10 --out short
ok "  the same bits" same short both
echo '{' >both/manifest.json
exits 1 "a manifest that cannot be read" on 1 run $toy 10 --out both
says "both/manifest.json:2: is not valid JSON"
says "take another folder, or --replace the run there"

# A run whose rows are removed while it writes them has not finished, whatever it has computed.
"$program" run $toy 3000 --dim 5000 --out removed </dev/null >rows 2>&1 &
pid=$!
until [ -e removed/metrics.csv ]; do sleep 0.05; done
rm removed/metrics.csv
wait $pid
code=$?
ok "rows removed during the run" test $code -eq 1
ok "  a sentence says so" grep -q '^gossipbench: removed/metrics.csv: was removed during the run$' rows
ok "  and it counts as failed" grep -q '"status":.*"failed"' removed/manifest.json
finish
