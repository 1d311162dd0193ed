// Package publish tells the event bus about orders.
package publish

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Event is what the rest of the company learns of an order.
type Event struct {
	Order int64     `json:"order"`
	Kind  string    `json:"kind"`
	At    time.Time `json:"at"`
}

// Publisher posts events to the bus over connections it keeps open.
type Publisher struct {
	client *http.Client
	url    string
}

// New makes a publisher for the bus at url. It keeps at most 16 idle connections.
func New(url string) *Publisher {
	return &Publisher{
		url: url,
		client: &http.Client{
			Timeout: 5 * time.Second,
			Transport: &http.Transport{
				MaxIdleConnsPerHost: 16,
				IdleConnTimeout:     45 * time.Second,
			},
		},
	}
}

// Publish sends the event and waits for the bus, but no longer than ctx allows.
//
// This is the leak of the sample incident. The results channel has no buffer. When ctx ends first, Publish returns and
// nobody is left to receive; the goroutine below finishes its request a moment later and then stands in its send for
// as long as the process lives. A buffer of one would be enough to let it go.
func (p *Publisher) Publish(ctx context.Context, event Event) error {
	results := make(chan error)
	go func() {
		results <- p.post(event)
	}()
	select {
	case err := <-results:
		return err
	case <-ctx.Done():
		return fmt.Errorf("publish order %d: %w", event.Order, ctx.Err())
	}
}

func (p *Publisher) post(event Event) error {
	body, err := json.Marshal(event)
	if err != nil {
		return err
	}
	response, err := p.client.Post(p.url, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusAccepted {
		return fmt.Errorf("bus answered %s", response.Status)
	}
	return nil
}

// Close lets the idle connections go.
func (p *Publisher) Close() {
	p.client.CloseIdleConnections()
}
