/* completion: the scripts with which shells complete command lines.  They ask the program itself:
 * gossipbench complete WORD... (command/complete.c). */
#include "cli/cli.h"
#include <string.h>

static const char bash[] = "_gossipbench() {\n"
                           "    local IFS=$'\\n'\n"
                           "    COMPREPLY=($(\"${COMP_WORDS[0]}\" complete "
                           "\"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null |\n"
                           "        cut -f 1))\n"
                           "    if [[ ${COMPREPLY[0]-} == *= ]]; then compopt -o nospace; fi\n"
                           "}\n"
                           "complete -o default -F _gossipbench gossipbench\n";

static const char zsh[] =
    "#compdef gossipbench\n"
    "_gossipbench() {\n"
    "    local -a found\n"
    "    found=(${(f)\"$(${words[1]} complete \"${(@)words[2,CURRENT]}\" 2>/dev/null)\"})\n"
    "    if (( ! $#found )); then _files; return; fi\n"
    "    found=(\"${(@)${(@)found//:/\\\\:}/$'\\t'/:}\")\n"
    "    _describe -V gossipbench found\n"
    "}\n"
    "if [[ $funcstack[1] == _gossipbench ]]; then _gossipbench; else compdef _gossipbench "
    "gossipbench; fi\n";

static int completion_main(const struct arguments *a, struct err *e)
{
    int is_zsh = !strcmp(a->operand[0], "zsh");
    if (!is_zsh && strcmp(a->operand[0], "bash") != 0)
        return err_usage(e, "completion is for bash or zsh, not '%.60s'", a->operand[0]);
    fputs(is_zsh ? zsh : bash, stdout);
    return EXIT_DONE;
}

const struct verb verb_completion = {
    .name = "completion",
    .about = "print the script with which a shell completes verbs, options and names",
    .operand = "bash|zsh",
    .main = completion_main,
    .help = "make install installs both scripts.  Without it, put a line such as\n"
            "  source <(build/gossipbench completion bash)\n"
            "into ~/.bashrc or, after compinit, into ~/.zshrc.",
    .example = "completion bash"};
