import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { BuildProblem } from './problem.mjs';

const works = (/** @type {string} */ command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** Stops with the exact install line when a compiler, CMake or git is missing. */
export function requireTools() {
  const missing = [];
  if (!hasCompiler()) missing.push('a C++ compiler');
  if (!works('cmake')) missing.push('CMake');
  if (!works('git')) missing.push('git');
  if (missing.length === 0) return;
  const names = missing.length === 1 ? missing[0] : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`;
  throw new BuildProblem(`${names} ${missing.length === 1 ? 'is' : 'are'} missing. Install with: ${installLine()}`);
}

function hasCompiler() {
  if (process.env.CXX) return works(process.env.CXX);
  if (process.platform !== 'win32') return works('c++') || works('g++') || works('clang++');
  // Microsoft's compiler is not on the path; CMake finds it through the installer's registry of instances.
  const folder = process.env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)';
  return existsSync(`${folder}\\Microsoft Visual Studio\\Installer\\vswhere.exe`);
}

/** One line for this system that installs compiler, CMake and git. */
function installLine() {
  if (process.platform === 'darwin') return 'xcode-select --install && brew install cmake';
  if (process.platform === 'win32') {
    return 'winget install Git.Git Kitware.CMake Microsoft.VisualStudio.2022.BuildTools --override "--add Microsoft.VisualStudio.Workload.VCTools --passive"';
  }
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  const lines = [
    ['apt-get', `${sudo}apt-get install -y build-essential cmake git`],
    ['dnf', `${sudo}dnf install -y gcc-c++ make cmake git`],
    ['pacman', `${sudo}pacman -S --needed base-devel cmake git`],
    ['zypper', `${sudo}zypper install -y gcc-c++ make cmake git`],
    ['apk', `${sudo}apk add build-base cmake git`],
  ];
  const known = lines.find(([manager]) => works(/** @type {string} */ (manager)));
  return known?.[1] ?? "your system's package manager (a C++17 compiler, CMake 3.18 or newer, git)";
}
