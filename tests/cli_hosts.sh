#!/bin/sh
# Several hosts: two network namespaces, joined by a pair of virtual interfaces and each with a name
# of its own, are two hosts to Open MPI.  Nothing leaves them.
# shellcheck disable=SC1091,SC2086,SC2154 # settings are words; tap.sh sets the other variables
. "$(dirname "$0")/tap.sh"
id=gossipbench-$$ link=gb$$
release() {
    for host in 1 2; do
        ip netns pids $id-$host 2>/dev/null | xargs -r kill -KILL
        ip netns delete $id-$host 2>/dev/null
    done
}
make_hosts() {
    ip netns add $id-1 && ip netns add $id-2 &&
        ip link add $link netns $id-1 type veth peer name $link netns $id-2 || return
    for host in 1 2; do
        ip -n $id-$host address add 192.0.2.$host/24 dev $link &&
            ip -n $id-$host link set $link up && ip -n $id-$host link set lo up &&
            ip netns exec $id-$host unshare --uts hostname $id-$host || return
    done
}
if ! make_hosts 2>why; then
    skip "several hosts" "namespaces cannot be made: $(head -n 1 why)"
    finish
fi

# agent ADDRESS COMMAND...: what ssh would do: another environment, another folder.
cat >agent <<END
#!/bin/sh
host=$id-\${1##*.}
shift
cd /
exec env -i PATH="\$PATH" HOME="\$HOME" \\
    ip netns exec \$host unshare --uts sh -c "hostname \$host; \$*"
END
printf '192.0.2.%d slots=2\n' 1 2 >hostfile
# A host that cannot be reached is noticed after 1 + 2 x 1 seconds without an answer.
cat >settings <<END
orte_default_hostfile = $temp/hostfile
plm_rsh_agent = $temp/agent
btl = self,vader,tcp
btl_tcp_if_include = $link
oob_tcp_if_include = $link
rmaps_base_mapping_policy = node
oob_tcp_keepalive_time = 1
oob_tcp_keepalive_intvl = 1
oob_tcp_keepalive_probes = 2
END
# hosts RANKS COMMAND...: mpirun on the first host, with ranks on both in turn.
cat >hosts <<END
#!/bin/sh
export OMPI_MCA_mca_base_param_files=$temp/settings
exec timeout -s USR1 -k 5 $run_limit ip netns exec $id-1 unshare --uts \\
    sh -c 'hostname $id-1; exec mpirun -np "\$@"' mpirun "\$@" </dev/null
END
chmod +x agent hosts
here="-x GOSSIPBENCH_ROOT ${ASAN_OPTIONS:+-x ASAN_OPTIONS -x UBSAN_OPTIONS} ${OPENBLAS_CORETYPE:+-x OPENBLAS_CORETYPE}"
small="--dataset synthetic-images --train-limit 320 --test-limit 64 --model resnet8-bn --workers 8
    --batch-size 16 --alpha 0.1 --lr 0.1 --lr-start 0.01 --warmup-epochs 1"
long="$small --epochs 12 --eval-every 2 --checkpoint-every 1"
small="$small --epochs 2"
traffic() {
    ip netns exec $id-1 cat /sys/class/net/$link/statistics/tx_bytes
}

./hosts 2 hostname >names 2>&1
ok "two hosts" test "$(sort -u names | grep -c "^$id-[12]$")" -eq 2
exits 0 "one host" on 1 run $small --out one
for ranks in 2 4; do
    before=$(traffic)
    exits 0 "two hosts, $ranks ranks" ./hosts $ranks $here "$program" run $small --out $ranks
    ok "  messages went from host to host" test $(($(traffic) - before)) -gt 1000000
    ok "  same bits as on one host" same one $ranks
done

# One host chooses differently, because of a variable that mpirun does not pass on.
exits 1 "a variable for one host only" env GOSSIPBENCH_KERNELS=plain \
    ./hosts 2 $here "$program" run $small --out plain
says "gossipbench: rank 1 on $id-2: the set of kernels is "
says "'plain' at rank 0 on $id-1"

exits 0 "a longer run" on 1 run $long --out whole
exits 75 "SIGUSR1 to mpirun" interrupt USR1 usr1 ./hosts 4 $here "$program" run $long --out usr1
ok "  status interrupted" status_is usr1 interrupted
exits 0 "  resumed on one host" on 1 run $long --out usr1 --resume
says "resumed at step"
ok "  same bits" same whole usr1
# Here mpirun kills the ranks at once (tests/tap.sh), so that an earlier checkpoint counts.
! interrupt TERM term ./hosts 4 $here "$program" run $long --out term >"$temp/said" 2>&1
report $? "SIGTERM to mpirun"
exits 0 "  resumed on one host" on 1 run $long --out term --resume
says "resumed at step"
ok "  same bits" same whole term

lose() {
    ./hosts 2 $here "$program" run $long --out lost &
    started lost checkpoint 1
    ip -n $id-2 link set $link down
    before=$(date +%s)
    wait $!
    code=$?
    echo "exit code $code after $(($(date +%s) - before)) s"
    [ $code -ne 0 ] && [ $(($(date +%s) - before)) -le 20 ]
}
ok "a host is lost: the job ends" lose
# mpirun's words depend on which of its two connections to the host ends first.
grep -qE "lost communication with a remote daemon|unable to reliably start one or more daemons" said
report $? "  it says why"
ok "  status started" status_is lost started
exits 0 "  resumed on one host" on 1 run $long --out lost --resume
says "resumed at step"
ok "  same bits" same whole lost
finish
