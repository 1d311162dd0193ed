# Computes the values of R for published-values.json, and hands them with the data sets to make-published-values.py.
# From this folder, with Debian's r-base-core and python3-scipy:
#   Rscript make-published-values.R | /usr/bin/python3 make-published-values.py > published-values.json
#   npx biome check --write published-values.json

series <- list(
  list("Nile", 1871:1970, Nile), list("lh", 1:48, lh), list("women$weight", 1:15, women$weight),
  list("airmiles", 1937:1960, airmiles), list("LakeHuron", 1875:1972, LakeHuron), list("uspop", seq(1790, 1970, 10), uspop),
  list("discoveries", 1860:1959, discoveries), list("lynx, first 40", 1821:1860, lynx[1:40]),
  list("BOD", BOD$Time, BOD$demand), list("pressure", pressure$temperature, pressure$pressure),
  list("Indometh, subject 1", Indometh$time[Indometh$Subject == 1], Indometh$conc[Indometh$Subject == 1]),
  list("Theoph, subject 1", Theoph$Time[Theoph$Subject == 1], Theoph$conc[Theoph$Subject == 1]),
  list("cars", cars$speed, cars$dist), list("faithful, first 60", faithful$eruptions[1:60], faithful$waiting[1:60]),
  list("airmiles, first 3", 1937:1939, airmiles[1:3]), list("uspop, first 4", seq(1790, 1820, 10), uspop[1:4]),
  list("Nile, first 5", 1871:1875, c(Nile)[1:5]), list("LakeHuron, first 7", 1875:1881, c(LakeHuron)[1:7]),
  list("lh, first 8", 1:8, lh[1:8]), list("lynx, first 10", 1821:1830, lynx[1:10]),
  list("lynx, first 11", 1821:1831, lynx[1:11]), list("discoveries, first 6", 1860:1865, discoveries[1:6])
)

# The exact chance of at most `falling` falling pairs among n, by cor.test on an order that has so many.
at_most_falling <- function(n, falling) {
  values <- seq_len(n)
  for (step in seq_len(falling)) {
    at <- which(diff(values) > 0)[1]
    values[c(at, at + 1)] <- values[c(at + 1, at)]
  }
  cor.test(seq_len(n), values, method = "kendall", exact = TRUE, alternative = "greater")$p.value
}

slopes_of <- function(x, y) {
  pairs <- combn(length(x), 2)
  run <- x[pairs[2, ]] - x[pairs[1, ]]
  sort(((y[pairs[2, ]] - y[pairs[1, ]]) / run)[run != 0])
}

# The exact interval: as many slopes left out at each end as the chances allow.
exact_interval <- function(x, y, confidence) {
  n <- length(x)
  slopes <- slopes_of(x, y)
  outside <- 0
  while (2 * at_most_falling(n, outside) <= 1 - confidence + 1e-12) outside <- outside + 1
  if (outside == 0) return(list(low = min(slopes), high = max(slopes), confidence = 1 - 2 * at_most_falling(n, 0)))
  list(low = slopes[outside], high = slopes[length(slopes) + 1 - outside], confidence = confidence)
}

number <- function(value) sub("^(-?)Inf$", "null", formatC(value, digits = 17, format = "g", flag = "#"))
json <- function(value) {
  if (is.null(value)) return("null")
  if (is.list(value)) return(paste0("{", paste0('"', names(value), '":', vapply(value, json, ""), collapse = ","), "}"))
  if (is.character(value)) return(paste0('"', value, '"'))
  if (length(value) > 1) return(paste0("[", paste(number(value), collapse = ","), "]"))
  number(value)
}

rows <- vapply(series, function(row) {
  x <- as.numeric(row[[2]])
  y <- as.numeric(row[[3]])
  n <- length(x)
  exact <- n <= 10 && !anyDuplicated(x) && !anyDuplicated(y)
  kendall <- NULL
  if (!anyDuplicated(x)) {
    normal <- suppressWarnings(cor.test(x, y, method = "kendall", exact = FALSE, continuity = TRUE))
    s <- sum(sign(outer(y, y, "-"))[lower.tri(diag(n))])
    z <- unname(normal$statistic)
    kendall <- list(
      s = s, z = z, variance = ((abs(s) - 1) / z)^2, tau = unname(normal$estimate),
      p = if (exact) cor.test(x, y, method = "kendall", exact = TRUE)$p.value else normal$p.value
    )
  }
  json(list(
    name = paste0("R datasets ", row[[1]]), x = x, y = y, mannKendall = kendall,
    exactInterval = if (exact) exact_interval(x, y, 0.95) else NULL
  ))
}, "")

exact <- vapply(2:10, function(n) {
  most <- n * (n - 1) / 2
  json(list(points = n, atMostFalling = vapply(0:most, function(falling) at_most_falling(n, falling), 0)))
}, "")

tails <- c(0, 0.1, 0.5, 1, 1.5, 1.96, 2.5, 2.999, 3, 3.5, 5, 8, 12, 30)
cat('{"r":"', R.version.string, '","series":[', paste(rows, collapse = ",\n"), '],"exact":[', paste(exact, collapse = ",\n"),
  '],"normalTail":[', paste0('{"z":', tails, ',"chance":', number(pnorm(tails, lower.tail = FALSE)), "}", collapse = ","), "]}\n", sep = "")
