/* les-miserables: 77 characters of Victor Hugo's novel, with an edge where two appear in the same
 * chapter: 254 edges, Metropolis-Hastings weights (weights.h); the number of chapters is not used.
 * Knuth: The Stanford GraphBase, ACM Press, 1993; order as in NetworkX. */
#include "topologies/social.h"
#include "topologies/topologies.h"

enum { N_WORKER = 77 };

/* clang-format off */
static const unsigned char edges[][2] = { /* from the lower number to the higher */
    /* Napoleon */
    {0, 1},
    /* Myriel */
    {1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 6}, {1, 7}, {1, 8}, {1, 9}, {1, 10},
    /* MlleBaptistine */
    {2, 3}, {2, 10},
    /* MmeMagloire */
    {3, 10},
    /* Valjean */
    {10, 11}, {10, 12}, {10, 13}, {10, 14}, {10, 15}, {10, 23}, {10, 24}, {10, 25},
    {10, 26}, {10, 27}, {10, 28}, {10, 29}, {10, 31}, {10, 32}, {10, 33}, {10, 34},
    {10, 35}, {10, 36}, {10, 37}, {10, 38}, {10, 43}, {10, 44}, {10, 48}, {10, 49},
    {10, 51}, {10, 55}, {10, 58}, {10, 64}, {10, 68}, {10, 69}, {10, 70}, {10, 71},
    {10, 72},
    /* Marguerite */
    {12, 23},
    /* Listolier */
    {16, 17}, {16, 18}, {16, 19}, {16, 20}, {16, 21}, {16, 22}, {16, 23},
    /* Tholomyes */
    {17, 18}, {17, 19}, {17, 20}, {17, 21}, {17, 22}, {17, 23}, {17, 26}, {17, 55},
    /* Fameuil */
    {18, 19}, {18, 20}, {18, 21}, {18, 22}, {18, 23},
    /* Blacheville */
    {19, 20}, {19, 21}, {19, 22}, {19, 23},
    /* Favourite */
    {20, 21}, {20, 22}, {20, 23},
    /* Dahlia */
    {21, 22}, {21, 23},
    /* Zephine */
    {22, 23},
    /* Fantine */
    {23, 24}, {23, 25}, {23, 27}, {23, 29}, {23, 30}, {23, 31},
    /* MmeThenardier */
    {24, 25}, {24, 26}, {24, 27}, {24, 41}, {24, 42}, {24, 50}, {24, 68}, {24, 69},
    {24, 70},
    /* Thenardier */
    {25, 26}, {25, 27}, {25, 39}, {25, 40}, {25, 41}, {25, 42}, {25, 48}, {25, 55},
    {25, 68}, {25, 69}, {25, 70}, {25, 71}, {25, 75},
    /* Cosette */
    {26, 27}, {26, 43}, {26, 49}, {26, 51}, {26, 54}, {26, 55}, {26, 72},
    /* Javert */
    {27, 28}, {27, 29}, {27, 31}, {27, 33}, {27, 43}, {27, 48}, {27, 58}, {27, 68},
    {27, 69}, {27, 70}, {27, 71}, {27, 72},
    /* Fauchelevent */
    {28, 44}, {28, 45},
    /* Bamatabois */
    {29, 34}, {29, 35}, {29, 36}, {29, 37}, {29, 38},
    /* Perpetue */
    {30, 31},
    /* Judge */
    {34, 35}, {34, 36}, {34, 37}, {34, 38},
    /* Champmathieu */
    {35, 36}, {35, 37}, {35, 38},
    /* Brevet */
    {36, 37}, {36, 38},
    /* Chenildieu */
    {37, 38},
    /* Pontmercy */
    {39, 52}, {39, 55},
    /* Eponine */
    {41, 42}, {41, 55}, {41, 57}, {41, 62}, {41, 68}, {41, 69}, {41, 70}, {41, 71},
    {41, 75},
    /* MmeBurgon */
    {46, 47}, {46, 48},
    /* Gavroche */
    {48, 55}, {48, 57}, {48, 58}, {48, 59}, {48, 60}, {48, 61}, {48, 62}, {48, 63},
    {48, 64}, {48, 65}, {48, 66}, {48, 68}, {48, 69}, {48, 71}, {48, 73}, {48, 74},
    {48, 75}, {48, 76},
    /* Gillenormand */
    {49, 50}, {49, 51}, {49, 54}, {49, 55}, {49, 56},
    /* MlleGillenormand */
    {51, 52}, {51, 53}, {51, 54}, {51, 55},
    /* LtGillenormand */
    {54, 55},
    /* Marius */
    {55, 56}, {55, 57}, {55, 58}, {55, 59}, {55, 61}, {55, 62}, {55, 63}, {55, 64},
    {55, 65},
    /* Mabeuf */
    {57, 58}, {57, 59}, {57, 61}, {57, 62}, {57, 63}, {57, 64}, {57, 65}, {57, 67},
    /* Enjolras */
    {58, 59}, {58, 60}, {58, 61}, {58, 62}, {58, 63}, {58, 64}, {58, 65}, {58, 66},
    {58, 70}, {58, 76},
    /* Combeferre */
    {59, 60}, {59, 61}, {59, 62}, {59, 63}, {59, 64}, {59, 65}, {59, 66},
    /* Prouvaire */
    {60, 61}, {60, 62}, {60, 63}, {60, 64}, {60, 65}, {60, 66},
    /* Feuilly */
    {61, 62}, {61, 63}, {61, 64}, {61, 65}, {61, 66},
    /* Courfeyrac */
    {62, 63}, {62, 64}, {62, 65}, {62, 66}, {62, 76},
    /* Bahorel */
    {63, 64}, {63, 65}, {63, 66}, {63, 76},
    /* Bossuet */
    {64, 65}, {64, 66}, {64, 76},
    /* Joly */
    {65, 66}, {65, 76},
    /* Grantaire */
    {66, 76},
    /* Gueulemer */
    {68, 69}, {68, 70}, {68, 71}, {68, 75},
    /* Babet */
    {69, 70}, {69, 71}, {69, 75},
    /* Claquesous */
    {70, 71}, {70, 75},
    /* Montparnasse */
    {71, 75},
    /* Child1 */
    {73, 74},
};
/* clang-format on */

static int check(const struct topology_spec *g, struct err *e)
{
    int n = g->n;
    return social_check(N_WORKER, n, e);
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    (void)step;
    social_fill(W, n, edges, LENGTH(edges));
}

const struct topology topology_les_miserables = {
    .about = "social graph of 77 nodes (Knuth 1993), Metropolis-Hastings weights",
    .check = check,
    .fill = fill,
};
