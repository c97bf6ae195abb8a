#!/bin/bash
# What `make bench-cost` runs: whether a round takes as long as `gossipbench cost` says.  Two network
# namespaces are two hosts, joined by scripts/cluster/shaped_link with a given latency and bandwidth.  A
# run on them is timed, and compared with its simulation on two hosts, given the time per gradient that
# the run measured.  Needs root, iproute2 and /dev/net/tun.  Nothing leaves this machine.
# usage: scripts/cluster/cost.sh [LATENCY BANDWIDTH ALGORITHM TOPOLOGY]...   such as 1ms 100Mbit dsgd ring
# exit code: 0; 1 if nothing could be measured.  The ratios are for people: no test depends on them.
set -u
cd "$(dirname "$0")/../.." || exit 1
. scripts/mpi-env.sh
program=$PWD/build/release/gossipbench link=$PWD/build/release/scripts/cluster/shaped_link
work=$(mktemp -d) id=gb$$ interface=gossip0
release() {
    [ -z "${relay:-}" ] || { kill "$relay" && wait "$relay"; } 2>/dev/null
    for host in 1 2; do ip netns delete $id-$host 2>/dev/null; done
    relay=
}
trap 'release; rm -rf "$work"' EXIT

make_hosts() { # MICROSECONDS BYTES-PER-SECOND
    ip netns add $id-1 && ip netns add $id-2 || return
    mkfifo "$work/ready"
    "$link" $id-1 $id-2 $interface "$1" "$2" >"$work/ready" &
    relay=$!
    read -r _ <"$work/ready" || return
    rm "$work/ready"
    for host in 1 2; do
        ip -n $id-$host address add 192.0.2.$host/24 dev $interface &&
            ip -n $id-$host link set $interface up mtu 9000 && ip -n $id-$host link set lo up || return
        ip netns exec $id-$host sh -c 'echo 0 >/proc/sys/net/ipv4/tcp_slow_start_after_idle'
    done
}

# In place of ssh: another environment, another host name.
cat >"$work/agent" <<END
#!/bin/sh
host=$id-\${1##*.}
shift
exec ip netns exec \$host unshare --uts sh -c "hostname \$host; \$*"
END
chmod +x "$work/agent"
printf '192.0.2.%d slots=1\n' 1 2 >"$work/hostfile"
# Send whole messages at once: otherwise the library first asks whether there is room, which takes
# one more latency.
cat >"$work/settings" <<END
orte_default_hostfile = $work/hostfile
plm_rsh_agent = $work/agent
btl = self,tcp
btl_tcp_if_include = $interface
oob_tcp_if_include = $interface
btl_tcp_eager_limit = 16777216
btl_tcp_rndv_eager_limit = 16777216
btl_tcp_max_send_size = 16777216
END

train() { # ALGORITHM TOPOLOGY
    OMPI_MCA_mca_base_param_files=$work/settings timeout 300 ip netns exec $id-1 unshare --uts \
        sh -c 'hostname '$id-1'; exec mpirun "$@"' mpirun -np 2 "$program" run --out "$work/runs/cost/run" \
        --dataset synthetic-images --train-limit 640 --test-limit 32 --model resnet20-gn --workers 4 \
        --batch-size 8 --lr 0.01 --warmup-epochs 0 --milestones [] --epochs 2 --eval-every 2 --replace \
        --algorithm "$1" --topology "$2" >"$work/log" 2>&1
}

field() { sed -n "s/^[[:space:]]*\"$1\":[[:space:]]*\([0-9.e+-]*\),*$/\1/p" "$work/runs/cost/run/manifest.json" | head -n 1; }

measure() { # LATENCY BANDWIDTH ALGORITHM TOPOLOGY
    make_hosts "$(microseconds "$1")" "$(bytes "$2")" && train "$3" "$4" || {
        echo "scripts/cluster/cost.sh: cannot measure: $(tail -n 1 "$work/log" 2>/dev/null)" >&2
        return 1
    }
    printf '{"experiment": "cost", "tier": "quick", "title": "cost", "axes": [], "runs": [{"dir": "run", "seed": 1}]}' \
        >"$work/runs/cost/quick.json"
    steps=$(tail -n 1 "$work/runs/cost/run/metrics.csv" | cut -d, -f2)
    said=$("$program" cost cost --from "$work/runs" --hosts 2 --latency "$1" --bandwidth "$2" --format csv |
        sed -n 2p | cut -d, -f2)
    awk -v c="$(field compute)" -v m="$(field mix)" -v n="$steps" -v said="$said" -v name="$1 $2 $3 $4" 'BEGIN {
        took = (c + m) / n * 1e3
        printf "%-40s measured %8.1f ms a round, simulated %8.1f, ratio %.3f\n", name, took, said, took / said }'
}
microseconds() { awk -v t="$1" 'BEGIN { u = t; sub(/[0-9.]+/, "", u); print t * (u == "s" ? 1e6 : u == "ms" ? 1e3 : 1) }'; }
bytes() { awk -v t="$1" 'BEGIN { u = t; sub(/[0-9.]+/, "", u); print t / 8 * (u == "Gbit" ? 1e9 : u == "Mbit" ? 1e6 : 1e3) }'; }

[ $# -gt 0 ] || set -- 1ms 100Mbit dsgd ring 10ms 100Mbit dsgd ring 1ms 400Mbit dsgd ring 1ms 100Mbit gt ring \
    1ms 100Mbit dsgd chain
while [ $# -ge 4 ]; do
    measure "$1" "$2" "$3" "$4" || exit 1
    release
    shift 4
done
