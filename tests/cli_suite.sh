#!/bin/sh
# tests/run_one.sh counts what a test says, and what sanitizers report behind its back.
. "$(dirname "$0")/tap.sh"
mkdir -p build/test-logs tests
ln -s "$root/tests/tap.sh" tests/tap.sh && ln -s "$root/scripts" scripts
# counts NUMBERS NAME: run_one.sh counts so many passed, failed and skipped of the script on standard input.
counts() {
    { echo '#!/bin/sh' && echo 'report=${ASAN_OPTIONS##*log_path=}' && cat; } >tests/script
    chmod +x tests/script
    "$root/tests/run_one.sh" script san tests/script >said
    tail -n 1 build/test-logs/counts >>said
    grep -qx "$1" said
    report $? "$2"
}
counts "1 0 0" "a test that passes" <<'END'
echo ok 1 - one && echo 1..1
END
counts "1 1 0" "a script that ends before its plan is done" <<'END'
echo ok 1 - one && echo 1..2
END
counts "0 0 1" "a skipped test" <<'END'
echo ok 1 - one '# SKIP' no reason && echo 1..1
END
counts "1 1 0" "a script whose exit code says what it does not" <<'END'
echo ok 1 - one && echo 1..2 && exit 1
END
counts "1 2 0" "failures, of which one prints no whole line" <<'END'
. "$(dirname "$0")/tap.sh"
ok one printf words
ok two sh -c 'printf words; exit 1'
ok three false
finish
END
says "    not ok 3 - three"
counts "1 1 0" "a sanitizer's report that the script overlooks" <<'END'
printf '=====\n==7==ERROR: AddressSanitizer: global-buffer-overflow\nREAD of size 1\n\nSUMMARY: of it\n' >"$report.7"
echo ok 1 - one && echo 1..1
END
says "AddressSanitizer: global-buffer-overflow"
counts "1 1 0" "one of undefined behaviour" <<'END'
echo "core/text.c:3:5: runtime error: signed integer overflow" >"$report.7"
echo ok 1 - one && echo 1..1
END
cat >leaks <<'END'

=================================================================
==7==ERROR: LeakSanitizer: detected memory leaks

Direct leak of 4816 byte(s) in 7 object(s) allocated from:
    #0 0x7fed4bcb89cf in __interceptor_malloc
    #1 0x7fed4bb9cd31 in ompi_op_base_op_select (/lib/x86_64-linux-gnu/libmpi.so.40+0xdbd31)

Indirect leak of 816 byte(s) in 6 object(s) allocated from:
    #0 0x7fed4bcb83b7 in __interceptor_calloc
    #1 0x7fed47190c48  (<unknown module>)

Direct leak of 87 byte(s) in 1 object(s) allocated from:
    #0 0x7f8c488b78d5 in __interceptor_realloc ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:85
    #1 0x7f8c4529c3e1 in __vasprintf_internal libio/vasprintf.c:79

Direct leak of 4816 byte(s) in 7 object(s) allocated from:
    #0 0x7f8c488b89cf in __interceptor_malloc ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:69
    #1 0x7f8c43ba93a6  (/usr/lib/x86_64-linux-gnu/libasan.so.8.0.0+0x7cf3a6)

Direct leak of 4816 byte(s) in 7 object(s) allocated from:
    #0 0x7f5bb54b89cf in __interceptor_malloc asan_malloc_linux.cpp:69
    #1 0x7f5bb097a3a6  (/usr/lib/x86_64-linux-gnu/libcjson.so.1.7.15+0x13a6)

Indirect leak of 7783 byte(s) in 528 object(s) allocated from:
    #0 0x7fd98a67077b in __interceptor_strdup ../../../../src/libsanitizer/asan/asan_interceptors.cpp:439
    #1 0x7fc137cce3e4  (/usr/lib/x86_64-linux-gnu/libcrypto.so.3+0x353e4)

SUMMARY: AddressSanitizer: 5632 byte(s) leaked in 13 allocation(s).
END
counts "1 0 0" "leaks of Open MPI" <<'END'
cp leaks "$report.7"
echo ok 1 - one && echo 1..1
END
counts "1 1 0" "a leak in a library" <<'END'
sed 's/ompi_op.*/cJSON_New_Item (\/lib\/x86_64-linux-gnu\/libcjson.so.1+0x1000)/' leaks >"$report.7"
echo ok 1 - one && echo 1..1
END
counts "1 1 0" "a leak of ours among them" <<'END'
sed 's/ompi_op.*/file_read core\/file.c:9/' leaks >"$report.7" && cp leaks "$report.8"
echo ok 1 - one && echo 1..1
END
says "file_read core/file.c:9"
ok "  and nothing else" test "$(grep -c 'leak of' said)" -eq 1
ok "no report is left" test -z "$(ls build/test-logs/*.report.* 2>/dev/null)"
finish
