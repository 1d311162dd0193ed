// Command ordersd is the order service of the sample incident.
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"net/http"
	_ "net/http/pprof"
	"os/signal"
	"syscall"
	"time"

	"example.com/orders/internal/api"
	"example.com/orders/internal/fulfil"
	"example.com/orders/internal/publish"
	"example.com/orders/internal/rates"
	"example.com/orders/internal/store"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "address for customers")
	debugAddr := flag.String("debug-addr", "127.0.0.1:6060", "address for /debug/pprof/")
	bus := flag.String("bus", "http://127.0.0.1:9092/events", "where events are published")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	orders := &api.API{
		Store:     store.Open(),
		Publisher: publish.New(*bus),
		Packers:   fulfil.Start(8),
		Rates:     rates.Watch(ctx, 30*time.Second),
	}
	server := &http.Server{Addr: *addr, Handler: orders.Handler(), IdleTimeout: time.Minute}
	debug := &http.Server{Addr: *debugAddr, Handler: http.DefaultServeMux}
	go listen(server)
	go listen(debug)

	<-ctx.Done()
	shutdown, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = server.Shutdown(shutdown)
	_ = debug.Shutdown(shutdown)
	orders.Packers.Close()
	orders.Publisher.Close()
	_ = orders.Store.Close()
}

func listen(server *http.Server) {
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}
