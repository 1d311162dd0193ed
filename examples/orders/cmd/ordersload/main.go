// Command ordersload sends orders to an ordersd on this machine, at a fixed rate, for a bounded time, and then ends.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const order = `{"item":"lamp","quantity":2,"price":19.5,"currency":"GBP"}`

// maxDuration bounds a run whatever the flags say.
const maxDuration = 30 * time.Minute

func main() {
	target := flag.String("url", "http://127.0.0.1:8080/orders", "where to send orders; loopback only")
	rate := flag.Float64("rate", 40, "orders per second")
	duration := flag.Duration("for", 6*time.Minute, "how long")
	customers := flag.Int("customers", 16, "how many send at the same time")
	flag.Parse()
	if err := checkLoopback(*target); err != nil {
		log.Fatal(err)
	}
	if *rate <= 0 || *rate > 1000 || *customers < 1 || *customers > 256 {
		log.Fatal("ordersload: the rate must be in (0, 1000] and customers in [1, 256]")
	}
	ctx, cancel := context.WithTimeout(context.Background(), min(*duration, maxDuration))
	defer cancel()

	client := &http.Client{
		Timeout:   10 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: *customers},
	}
	due := make(chan struct{})
	counts := newCounter()
	var done sync.WaitGroup
	for range *customers {
		done.Add(1)
		go func() {
			defer done.Done()
			for range due {
				counts.add(send(client, *target))
			}
		}()
	}
	pace(ctx, due, *rate)
	close(due)
	done.Wait()
	fmt.Println(counts)
}

func pace(ctx context.Context, due chan<- struct{}, rate float64) {
	ticker := time.NewTicker(time.Duration(float64(time.Second) / rate))
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		select {
		case due <- struct{}{}:
		case <-ctx.Done():
			return
		}
	}
}

func send(client *http.Client, target string) string {
	response, err := client.Post(target, "application/json", strings.NewReader(order))
	if err != nil {
		return "no answer"
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.Status
}

func checkLoopback(target string) error {
	parsed, err := url.Parse(target)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(parsed.Hostname()); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("ordersload: %s is not a loopback address", parsed.Hostname())
	}
	return nil
}

type counter struct {
	mu     sync.Mutex
	counts map[string]int
}

func newCounter() *counter { return &counter{counts: map[string]int{}} }

func (c *counter) add(status string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[status]++
}

func (c *counter) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fmt.Sprint(c.counts)
}
