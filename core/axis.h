/* axis: the limits of an experiment's grid, shared by sweep/, which writes its index, and report/,
 * which reads it. */
#pragma once

enum { AXIS_MAX = 4 /* axes of a grid */, AXIS_VALUE = 64 /* bytes of a value as text */ };
