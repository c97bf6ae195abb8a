/* The measures of a run, in the order of metrics.csv; see core/column.h.  A line of this list is
 * all that files, tables, claims and figures need to know about a measure; train/ computes it.
 * COLUMN(symbol, key, name for people, unit, format, kind)
 * OPTIONAL is the same for a column that exists only in runs whose eval_scopes has "own". */
#ifndef OPTIONAL
#define OPTIONAL COLUMN
#endif
COLUMN(epoch, "epoch", "epoch", "", "%.9g", POSITION)
COLUMN(step, "step", "step", "", "%.0f", POSITION)
COLUMN(lr, "lr", "learning rate", "", "%.9g", POSITION)
COLUMN(train_loss, "train_loss", "training loss", "", "%.9g", LOSS)
COLUMN(acc_mean, "acc_mean_pct", "mean of workers", "%", "%.4f", ACCURACY)
COLUMN(acc_std, "acc_std_pct", "deviation over workers", "%", "%.4f", SPREAD)
COLUMN(acc_worst, "acc_worst_pct", "worst worker", "%", "%.4f", ACCURACY)
COLUMN(acc_best, "acc_best_pct", "best worker", "%", "%.4f", SPREAD)
COLUMN(acc_average, "acc_average_pct", "averaged model", "%", "%.4f", ACCURACY)
COLUMN(test_loss, "test_loss_mean", "test loss", "", "%.9g", LOSS)
COLUMN(consensus, "consensus_distance", "consensus distance", "", "%.9g", LOSS)
COLUMN(bytes_sent, "bytes_sent", "bytes sent", "B", "%.0f", COST)
OPTIONAL(acc_own, "acc_own_pct", "workers on their own classes", "%", "%.4f", ACCURACY)
OPTIONAL(acc_own_worst, "acc_own_worst_pct", "worst worker on its own classes", "%", "%.4f",
         ACCURACY)
COLUMN(label_tv, "label_heterogeneity_tv", "mean TV distance of labels", "", "%.9g", SPLIT)
#undef OPTIONAL
