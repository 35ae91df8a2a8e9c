#ifdef __linux__
#include "load_meter.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace facet {
namespace {

cpu_set_t allowed_cpus() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof(set), &set) != 0) CPU_SET(0, &set);
    return set;
}

double seconds(const timeval & time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

/** Cores that a cgroup's quota allows; a large number without one. */
double quota_cores() {
    double quota = 0;
    double period = 0;
    std::ifstream unified("/sys/fs/cgroup/cpu.max");
    if (unified >> quota >> period && period > 0) return quota / period;
    std::ifstream legacy_quota("/sys/fs/cgroup/cpu/cpu.cfs_quota_us");
    std::ifstream legacy_period("/sys/fs/cgroup/cpu/cpu.cfs_period_us");
    if (legacy_quota >> quota && legacy_period >> period && quota > 0 && period > 0) return quota / period;
    return 1e6;
}

} // namespace

int usable_cores() {
    const cpu_set_t allowed = allowed_cpus();
    std::set<std::string> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        std::ifstream file("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list");
        std::string siblings;
        if (!std::getline(file, siblings)) siblings = std::to_string(cpu);
        cores.insert(siblings);
    }
    const double limit = std::min(static_cast<double>(cores.size()), quota_cores());
    return std::max(1, static_cast<int>(limit + 0.5));
}

std::optional<CpuTimes> read_cpu_times() {
    std::ifstream file("/proc/stat");
    if (!file) return std::nullopt;
    const cpu_set_t allowed = allowed_cpus();
    const double tick = 1.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
    CpuTimes times = {0, 0};
    for (std::string line; std::getline(file, line) && line.rfind("cpu", 0) == 0;) {
        std::istringstream fields(line.substr(3));
        int cpu = -1;
        if (line[3] == ' ' || !(fields >> cpu) || cpu >= CPU_SETSIZE || !CPU_ISSET(cpu, &allowed)) continue;
        // proc(5): user nice system idle iowait irq softirq steal. Niced programs give way, so they do not count.
        double user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0;
        fields >> user >> nice >> system >> idle >> iowait >> irq >> softirq >> steal;
        times.busy += (user + system + irq + softirq + steal) * tick;
    }
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    times.own = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    return times;
}

} // namespace facet
#endif
