# Writes the numbers that early warning is held to: farringtonFlexible and earsC of the R package surveillance.
#
#     apt-get install r-cran-surveillance r-cran-jsonlite
#     Rscript tests/reference/surveillance.R
#
# The fits of the package are let run until nothing moves: as R stops them, its dispersions are known to some 1e-4 only.
# The series are drawn with a fixed seed. A step of too few cases has no upper limit (null) and no mean; its numbers are
# taken from the model all the same. C3 is worked out here from the C2 of the package by its definition: the limit that
# this version of the package gives for C3 starts from the count of the step itself.

suppressMessages({library(surveillance); library(jsonlite)})
settled <- function(epsilon = 1e-13, maxit = 100, trace = FALSE) list(epsilon = epsilon, maxit = maxit, trace = trace)
unlockBinding("glm.control", asNamespace("stats"))
assign("glm.control", settled, envir = asNamespace("stats"))
set.seed(20130315)
output <- "tests/fixtures/reference/surveillance.json"
alphas <- c(0.05, 0.01, 0.001)

season <- function(steps, freq, depth) 1 + depth * sin(2 * pi * seq_len(steps) / freq)
weekly <- 420
drawn <- list(
  "thirty a week" = rpois(weekly, 30 * season(weekly, 52, 0.2)),
  "eight a week, scattered" = rnbinom(weekly, mu = 8 * season(weekly, 52, 0.4), size = 4),
  "one a week" = rpois(weekly, 1),
  "three in ten weeks" = rpois(weekly, 0.3),
  "rising" = rpois(weekly, 5 * exp(0.004 * seq_len(weekly))),
  "falling, scattered" = rnbinom(weekly, mu = 60 * exp(-0.003 * seq_len(weekly)), size = 15),
  "with outbreaks" = rpois(weekly, 12) + ifelse(seq_len(weekly) %in% c(80:84, 190:193, 300), 40, 0),
  "rising steeply" = rpois(weekly, 3 * exp(0.012 * seq_len(weekly))),
  "four hundred a week" = rnbinom(weekly, mu = 400 * season(weekly, 52, 0.3), size = 80)
)

judged <- function(name, counts, freq, b, w, periods, left, range) {
  series <- sts(observed = matrix(counts, ncol = 1), frequency = freq, start = c(2010, 1))
  # The package numbers its answers from the first judged step, so that all between are judged too.
  control <- list(range = min(range):max(range), b = b, w = w, reweight = TRUE, weightsThreshold = 2.58, trend = TRUE,
                  pThresholdTrend = 1, noPeriods = periods, pastWeeksNotIncluded = left, thresholdMethod = "nbPlugin",
                  limit54 = c(5, 4), glmWarnings = FALSE, alpha = alphas[1])
  found <- lapply(alphas, function(alpha) suppressWarnings(farringtonFlexible(series, modifyList(control, list(alpha = alpha)))))
  first <- found[[1]]@control
  has_trend <- first$trend[, 1] == 1
  list(name = name, steps_a_year = freq, years = b, half_window = w, seasons = periods, left_out = left,
       alphas = alphas, counts = counts,
       judged = lapply(range - min(range) + 1, function(i) list(
         at = min(range) + i - 2, mean = first$mu0Vector[i, 1], dispersion = first$phiVector[i, 1], p = first$pvalue[i, 1],
         has_trend = has_trend[i],
         limits = sapply(found, function(one) upperbound(one)[i, 1]))))
}

cases <- lapply(names(drawn), function(name) judged(name, drawn[[name]], 52, 5, 3, 10, 26, seq(265, 420, by = 11)))
months <- rpois(120, 130 * season(120, 12, 0.15))
cases <- c(cases, list(
  judged("months", months, 12, 5, 1, 4, 3, seq(64, 120, by = 5)),
  judged("months, three years", rnbinom(120, mu = 20, size = 5), 12, 3, 1, 4, 3, seq(50, 120, by = 7)),
  judged("weeks, four seasons, nothing left out", rpois(weekly, 6), 52, 4, 2, 4, 2, seq(240, 420, by = 19))
))

ears <- function(name, counts, baseline, alpha) {
  series <- sts(observed = matrix(counts, ncol = 1), frequency = 52, start = c(2020, 1))
  range <- (baseline + 5):length(counts)
  limit <- function(method) as.numeric(upperbound(earsC(series, list(range = range, method = method, baseline = baseline, alpha = alpha))))
  # C2 from its limit: the mean of its baseline is the limit less the deviate times its deviation.
  c2 <- function(t) {
    reference <- counts[(t - baseline - 2):(t - 3)]
    (counts[t] - mean(reference)) / sd(reference)
  }
  c3 <- sapply(range, function(t) sum(pmax(0, sapply(t - 0:2, c2) - 1)))
  list(name = name, baseline = baseline, alpha = alpha, counts = counts, at = range - 1,
       c1_limit = limit("C1"), c2_limit = limit("C2"), c2 = sapply(range, c2), c3 = c3)
}

short <- list(
  ears("thirty a week", rpois(60, 30), 7, 0.001),
  ears("four a week, eight steps", rpois(50, 4), 8, 0.01),
  ears("scattered", rnbinom(60, mu = 12, size = 3), 7, 0.0005)
)

document <- list(versions = list(R = as.character(getRversion()), surveillance = as.character(packageVersion("surveillance"))),
                 farrington = cases, ears = short)
writeLines(toJSON(document, auto_unbox = TRUE, digits = NA, na = "null"), output)
