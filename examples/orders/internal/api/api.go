// Package api is the HTTP face of the order service.
package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"example.com/orders/internal/fulfil"
	"example.com/orders/internal/publish"
	"example.com/orders/internal/rates"
	"example.com/orders/internal/store"
)

// publishTimeout is how long a customer waits for the bus. The order itself is safe by then.
const publishTimeout = 250 * time.Millisecond

// API answers customers.
type API struct {
	Store     *store.Store
	Publisher *publish.Publisher
	Packers   *fulfil.Pool
	Rates     *rates.Table
}

// Handler routes POST /orders and GET /healthz.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders", a.createOrder)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	return mux
}

type orderRequest struct {
	Item     string  `json:"item"`
	Quantity int     `json:"quantity"`
	Price    float64 `json:"price"`
	Currency string  `json:"currency"`
}

func (a *API) createOrder(w http.ResponseWriter, r *http.Request) {
	var request orderRequest
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&request); err != nil {
		http.Error(w, "the order is not readable", http.StatusBadRequest)
		return
	}
	if _, known := a.Rates.Euros(request.Price, request.Currency); !known {
		http.Error(w, "unknown currency", http.StatusBadRequest)
		return
	}
	order, err := a.Store.Insert(r.Context(), request.Item, request.Quantity)
	if err != nil {
		http.Error(w, "the order could not be stored", http.StatusInternalServerError)
		return
	}
	if !a.Packers.Submit(order) {
		http.Error(w, "too many orders wait for packing", http.StatusServiceUnavailable)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), publishTimeout)
	defer cancel()
	err = a.Publisher.Publish(ctx, publish.Event{Order: order, Kind: "created", At: time.Now()})
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		w.WriteHeader(http.StatusAccepted)
	case err != nil:
		http.Error(w, "the order could not be announced", http.StatusBadGateway)
	default:
		w.WriteHeader(http.StatusCreated)
	}
}
