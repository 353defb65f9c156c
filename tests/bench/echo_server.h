// tests/bench/echo_server.h: a gRPC server that does nothing.
//
// Answers any call with the same bytes: what a call costs before a hub has
// done anything for it.
//
//   EchoServer echo(reply_bytes);
//   Client client({.address = absl::StrCat("127.0.0.1:", echo.port())});

#ifndef CAREROUTE_TESTS_BENCH_ECHO_SERVER_H_
#define CAREROUTE_TESTS_BENCH_ECHO_SERVER_H_

#include <memory>
#include <string>

#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/grpcpp.h"

namespace careroute::bench {

class EchoServer {
 public:
  // Without credentials in plain text.
  explicit EchoServer(const std::string& reply,
                      const std::shared_ptr<grpc::ServerCredentials>&
                          credentials = grpc::InsecureServerCredentials());
  ~EchoServer();
  EchoServer(const EchoServer&) = delete;
  EchoServer& operator=(const EchoServer&) = delete;

  [[nodiscard]] int port() const { return port_; }

 private:
  class Service final : public grpc::CallbackGenericService {
   public:
    explicit Service(const std::string& reply);
    grpc::ServerGenericBidiReactor* CreateReactor(
        grpc::GenericCallbackServerContext* context) override;

   private:
    grpc::ByteBuffer reply_;
  };

  Service service_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_ECHO_SERVER_H_
