/* davis-southern-women: 18 women of Natchez, Mississippi, and 14 social events of the 1930s, with
 * an edge where a woman attended an event; 32 workers, 89 edges, Metropolis-Hastings weights
 * (weights.h).  Workers 0 .. 17 are the women, 18 .. 31 the events.  Bipartite: some eigenvalues
 * are well below -1/3, so that D^2 needs the lazy matrix.  Davis, Gardner, Gardner: Deep South,
 * University of Chicago Press, 1941, page 148; spelling and order of names as in NetworkX.  The
 * social graph with n = 32 of Lin, Karimireddy, Stich, Jaggi: Quasi-Global Momentum, ICML 2021. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

enum { N_WOMAN = 18, N_EVENT = 14 };

/* clang-format off */
static const char attended[N_WOMAN][N_EVENT + 1] = { /* events E1 .. E14 */
    "######.##.....", /* Evelyn Jefferson */
    "###.####......", /* Laura Mandeville */
    ".########.....", /* Theresa Anderson */
    "#.######......", /* Brenda Rogers */
    "..###.#.......", /* Charlotte McDowd */
    "..#.##.#......", /* Frances Anderson */
    "....####......", /* Eleanor Nye */
    ".....#.##.....", /* Pearl Oglethorpe */
    "....#.###.....", /* Ruth DeSand */
    "......###..#..", /* Verne Sanderson */
    ".......###.#..", /* Myra Liddel */
    ".......###.###", /* Katherina Rogers */
    "......####.###", /* Sylvia Avondale */
    ".....##.######", /* Nora Fayette */
    "......##.###..", /* Helen Lloyd */
    ".......##.....", /* Dorothy Murchison */
    "........#.#...", /* Olivia Carleton */
    "........#.#...", /* Flora Price */
};
/* clang-format on */

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    for (int woman = 0; woman < N_WOMAN; woman++)
        for (int event = 0; event < N_EVENT; event++)
            if (attended[woman][event] == '#')
                topology_edge(W, n, woman, N_WOMAN + event);
    topology_metropolis(W, n);
}

const struct topology topology_davis_southern_women = {
    .about = "social graph of 32 nodes (Davis et al. 1941), Metropolis-Hastings weights",
    .only = N_WOMAN + N_EVENT,
    .fill = fill,
};
