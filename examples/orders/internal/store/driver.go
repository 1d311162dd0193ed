package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync/atomic"
	"time"
)

// connector opens connections to a database that lives in this process: a stand-in, so that the example needs no
// server. What matters here is that database/sql keeps its own pool and goroutines above it, as in any real service.
type connector struct {
	lastID atomic.Int64
}

func (c *connector) Connect(context.Context) (driver.Conn, error) {
	return &conn{connector: c}, nil
}

func (c *connector) Driver() driver.Driver { return c }

func (c *connector) Open(string) (driver.Conn, error) {
	return &conn{connector: c}, nil
}

type conn struct {
	connector *connector
}

func (c *conn) Prepare(string) (driver.Stmt, error) {
	return nil, errors.New("store: prepared statements are not supported")
}

func (c *conn) Close() error { return nil }

func (c *conn) Begin() (driver.Tx, error) {
	return nil, errors.New("store: transactions are not supported")
}

// ExecContext takes a few milliseconds, as an insert does, and numbers the row.
func (c *conn) ExecContext(ctx context.Context, _ string, _ []driver.NamedValue) (driver.Result, error) {
	timer := time.NewTimer(3 * time.Millisecond)
	defer timer.Stop()
	select {
	case <-timer.C:
		return inserted(c.connector.lastID.Add(1)), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type inserted int64

func (i inserted) LastInsertId() (int64, error) { return int64(i), nil }

func (i inserted) RowsAffected() (int64, error) { return 1, nil }
