/* verbs: the list of the verbs. */
#include "cli/cli.h"

#define VERB(symbol) &verb_##symbol,
static const struct verb *const verbs[] = {
#include "cli/list.h"
};
#undef VERB

const struct verb *verbs_at(int i)
{
    return (size_t)i < LENGTH(verbs) ? verbs[i] : NULL;
}

const struct option *option_of_all(const struct verb *v, int i)
{
    static struct option setting = {NULL, "VALUE", NULL,
                                    "set a configuration key, also as --set KEY=VALUE; gossipbench "
                                    "info lists the keys and their defaults"};
    static const struct option root = {"root", "DIR", NULL,
                                       "use the experiments/, results/ and datasets/ in DIR"};
    setting.name = v->settings;
    return v->settings && i == 0 ? &setting : i == (v->settings != NULL) ? &root : NULL;
}
