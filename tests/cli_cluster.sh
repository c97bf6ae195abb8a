#!/bin/sh
# The Slurm scripts, without Slurm: near the time limit a job is interrupted, goes back into the
# queue, and continues when it is started again.
# shellcheck disable=SC1091,SC2086,SC2154 # settings are words; tap.sh sets the other variables
. "$(dirname "$0")/tap.sh"
mkdir bin build && ln -s "$program" build/gossipbench && ln -s "$root/scripts" scripts
printf '#!/bin/sh\necho "$@" >>queue\n' >bin/scontrol
chmod +x bin/scontrol
export PATH="$PWD/bin:$PATH" SLURM_SUBMIT_DIR="$PWD" SLURM_JOB_ID=17 SLURM_NTASKS=2
export SLURM_CPUS_PER_TASK=2
small="--dataset synthetic-images --train-limit 320 --test-limit 64 --model resnet8-bn --workers 8
    --batch-size 16 --epochs 12 --alpha 0.1 --lr 0.05 --warmup-epochs 1 --eval-every 2"

queued() { # TIMES
    [ "$(grep -c '^requeue 17$' queue)" -eq "$1" ]
}
exits 75 "one run, near the time limit" interrupt USR1 run sh scripts/cluster/run.slurm $small --out run
ok "  it is in the queue again" queued 1
ok "  status interrupted" status_is run interrupted
exits 0 "  started again" sh scripts/cluster/run.slurm $small --out run
says "resumed at step"
ok "  it is not in the queue" queued 1

cat >toy.json <<'END'
{"title": "Toy", "seeds": [1, 2], "tiers": {"smoke": {}}, "metric": "test_loss_mean",
 "base": {"dataset": "quadratic", "workers": 4, "epochs": 50, "eval_every": 50, "warmup_epochs": 0},
 "axes": {"algorithm": ["dsgd", "gt"]}}
END
exits 0 "a sweep" sh scripts/cluster/sweep.slurm toy.json --tier smoke
says "4 runs: 4 run now"

# srun without PMIx: Open MPI itself ends the process with a page of its own.
step() { # TASKS COMMAND...
    tasks=$1
    shift
    SLURM_JOBID=17 SLURM_NODELIST=vm SLURM_STEP_ID=0 SLURM_STEP_NUM_TASKS=$tasks SLURM_PROCID=0 "$@" </dev/null
}
for verb in "run --dataset quadratic --out step" "sweep toy.json --tier smoke"; do
    exits 1 "srun -n 2 gossipbench $verb" step 2 "$program" $verb
    says "use mpirun inside the allocation, or srun --mpi=pmix"
    ok "  that alone" test "$(wc -l <said)" -eq 2
done
exits 0 "srun -n 1" step 1 "$program" run --dataset quadratic --workers 4 --epochs 5 --warmup-epochs 0 --out step
says "step: finished"
exits 0 "srun -n 1, a sweep" step 1 "$program" sweep toy.json --tier smoke --set dim=5
says "4 runs: 4 run now"
finish
