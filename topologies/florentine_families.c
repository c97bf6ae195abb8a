/* florentine-families: 15 families of Florence about 1430, with an edge where two families were
 * tied by marriage: 20 edges, Metropolis-Hastings weights (weights.h).
 * Breiger, Pattison: Cumulated Social Roles: The Duality of Persons and their Algebras, Social
 * Networks 8, 1986, from Padgett's data; order as in NetworkX, without the unmarried Pucci. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

/* clang-format off */
static const unsigned char edges[][2] = { /* from the lower number to the higher */
    /* Acciaiuoli */
    {0, 1},
    /* Medici */
    {1, 5}, {1, 6}, {1, 7}, {1, 8}, {1, 9},
    /* Castellani */
    {2, 3}, {2, 4}, {2, 5},
    /* Peruzzi */
    {3, 4}, {3, 11},
    /* Strozzi */
    {4, 6}, {4, 11},
    /* Ridolfi */
    {6, 7},
    /* Tornabuoni */
    {7, 12},
    /* Albizzi */
    {8, 12}, {8, 13},
    /* Salviati */
    {9, 10},
    /* Bischeri */
    {11, 12},
    /* Guadagni */
    {12, 14},
};
/* clang-format on */

const struct topology topology_florentine_families = {
    .about = "social graph of 15 nodes (Breiger, Pattison 1986), Metropolis-Hastings weights",
    .only = 15,
    .edge = edges,
    .n_edge = LENGTH(edges),
    .fill = topology_fill_edges,
};
