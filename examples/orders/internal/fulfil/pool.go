// Package fulfil packs orders in the background.
package fulfil

import (
	"sync"
	"time"
)

// Pool is a fixed number of packers that share one queue. Close drains it: healthy.
type Pool struct {
	queue chan int64
	done  sync.WaitGroup
}

// Start runs the packers. The queue holds 256 orders; Submit refuses when it is full.
func Start(packers int) *Pool {
	p := &Pool{queue: make(chan int64, 256)}
	for range packers {
		p.done.Add(1)
		go p.pack()
	}
	return p
}

func (p *Pool) pack() {
	defer p.done.Done()
	for range p.queue {
		time.Sleep(5 * time.Millisecond)
	}
}

// Submit queues an order; false when the queue is full.
func (p *Pool) Submit(order int64) bool {
	select {
	case p.queue <- order:
		return true
	default:
		return false
	}
}

// Close ends the packers after the queue is empty. Submit must not be called afterwards.
func (p *Pool) Close() {
	close(p.queue)
	p.done.Wait()
}
