# gossipbench in Debian 12:
#   docker build -t gossipbench .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/work" gossipbench sweep toy-quadratic
# Results and data are in the mounted folder.
FROM debian:12-slim AS build
WORKDIR /src
COPY scripts/install-deps.sh scripts/
RUN apt-get update && scripts/install-deps.sh && rm -rf /var/lib/apt/lists/*
COPY . .
RUN make && make install DESTDIR=/installed

FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl gnuplot-nox \
        libcjson1 liblapacke libncursesw6 libopenblas0-serial libpng16-16 libssl3 libzip4 openmpi-bin \
        zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 bench
COPY --from=build /installed /
USER bench
WORKDIR /work
ENTRYPOINT ["gossipbench"]
CMD ["--help"]
