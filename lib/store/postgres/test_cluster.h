// lib/store/postgres/test_cluster.h: a database server that goes with its
// object.
//
// For tests only. It is Debian's PostgreSQL in a directory of its own, reached
// by a socket in that directory and by nothing else, run by an unprivileged
// user; it ends when this process does, however that ends.
//
//   const store::TestCluster cluster;
//   MigratePostgres({.address = cluster.NewAddress()});

#ifndef CAREROUTE_LIB_STORE_POSTGRES_TEST_CLUSTER_H_
#define CAREROUTE_LIB_STORE_POSTGRES_TEST_CLUSTER_H_

#include <sys/types.h>

#include <string>

namespace careroute::store {

// Whether the server keeps what a loss of power would take; costs time.
enum class Fsync { kOff, kOn };

// Not thread-safe. Stops the test when there is no PostgreSQL to run.
class TestCluster {
 public:
  explicit TestCluster(Fsync fsync = Fsync::kOff);
  ~TestCluster();
  TestCluster(const TestCluster&) = delete;
  TestCluster& operator=(const TestCluster&) = delete;

  // The URI of a place in the database that nobody uses yet.
  [[nodiscard]] std::string NewAddress();

  // Where its files are while this object lives.
  [[nodiscard]] const std::string& folder() const { return folder_; }

  // Ends the server as kill -9 would, and every connection with it.
  void Kill();
  // kill -9 of the process behind one connection, which must exist: the server
  // cuts all others, recovers, and is ready again when this returns.
  void KillConnection();
  // Runs it again; it is ready when this returns.
  void Start();

 private:
  // The first value of the answer, if it has any.
  std::string Execute(const std::string& sql) const;
  [[nodiscard]] std::string ServerAddress() const;

  const Fsync fsync_;
  std::string folder_;
  pid_t server_ = 0;
  // Where the server's log comes out. It stays open, unread, while the server
  // runs: one that cannot write its log may stop, and of these settings it
  // says less than a pipe holds.
  int log_ = -1;
  int places_ = 0;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_POSTGRES_TEST_CLUSTER_H_
