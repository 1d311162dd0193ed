// Command busd stands in for the event bus. It takes a few milliseconds per event, and every five seconds it stops
// answering for 700 ms, as a broker does that flushes to disk. Nobody notices while there are no orders.
package main

import (
	"flag"
	"io"
	"log"
	"net/http"
	"sync"
	"time"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:9092", "address for publishers")
	every := flag.Duration("flush-every", 5*time.Second, "time from one flush to the next")
	flush := flag.Duration("flush", 700*time.Millisecond, "how long a flush takes")
	flag.Parse()

	var flushing sync.RWMutex
	go func() {
		for range time.Tick(*every) {
			flushing.Lock()
			time.Sleep(*flush)
			flushing.Unlock()
		}
	}()
	http.HandleFunc("POST /events", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, 1<<16))
		flushing.RLock()
		defer flushing.RUnlock()
		time.Sleep(4 * time.Millisecond)
		w.WriteHeader(http.StatusAccepted)
	})
	log.Fatal(http.ListenAndServe(*addr, nil))
}
