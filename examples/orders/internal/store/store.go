// Package store keeps orders.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Store is a pool of database connections.
type Store struct {
	db *sql.DB
}

// Open starts the pool: at most 12 connections, each replaced after five minutes.
func Open() *Store {
	db := sql.OpenDB(&connector{})
	db.SetMaxOpenConns(12)
	db.SetMaxIdleConns(12)
	db.SetConnMaxLifetime(5 * time.Minute)
	return &Store{db: db}
}

// Insert writes an order and gives its number.
func (s *Store) Insert(ctx context.Context, item string, quantity int) (int64, error) {
	result, err := s.db.ExecContext(ctx, "INSERT INTO orders (item, quantity) VALUES (?, ?)", item, quantity)
	if err != nil {
		return 0, fmt.Errorf("insert order: %w", err)
	}
	return result.LastInsertId()
}

// Close ends the pool and its goroutines.
func (s *Store) Close() error { return s.db.Close() }
