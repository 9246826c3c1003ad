# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens pages in headless Chromium and records console messages, requests and errors."""
import base64
import json
import os
import shutil
import tempfile
import time

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
except ImportError:
    webdriver = None

# Without these options Chromium contacts its maker at every start.
QUIET = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]


def missing():
    """The reason why no browser can be started, or None."""
    if not webdriver:
        return "python3-selenium is not installed"
    for program in ("chromium", "chromedriver"):
        if not shutil.which(program):
            return f"{program} is not installed"
    return None


class Browser:
    """Use as "with Browser() as browser:"."""

    def __enter__(self):
        self.profile = tempfile.mkdtemp()
        # the browser puts a socket into the temporary folder, whose path may be too long for a socket's
        # address
        self.folder = os.open(tempfile.gettempdir(), os.O_PATH)
        short = f"/proc/{os.getpid()}/fd/{self.folder}"
        options = Options()
        options.binary_location = shutil.which("chromium")
        for argument in [*QUIET, "--window-size=1280,900", "--user-data-dir=" + self.profile]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = Service(shutil.which("chromedriver"), env=dict(os.environ, HOME=self.profile, TMPDIR=short))
        self.driver = webdriver.Chrome(service=service, options=options)
        self.driver.get("about:blank")
        self.take_logs()
        return self

    def __exit__(self, kind, value, trace):
        # a page without scripts does not close in time
        self.command("Emulation.setScriptExecutionDisabled", value=False)
        self.driver.get("about:blank")
        self.driver.quit()
        os.close(self.folder)
        shutil.rmtree(self.profile, ignore_errors=True)

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def run(self, script, *arguments):
        """Runs a function body in the page. The page's own policy does not apply to it."""
        return self.driver.execute_script(script, *arguments)

    def take_logs(self):
        """The page's console messages, and the addresses that it requested, since the last call."""
        messages = [entry["message"] for entry in self.driver.get_log("browser")]
        requests = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                requests.append(message["params"]["request"]["url"])
            elif message["method"] == "Page.javascriptDialogOpening":
                messages.append("a dialog: " + message["params"]["message"])
        return messages, requests

    def screen(self, width=1280, height=900, dark=False, media=""):
        self.command("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                     mobile=width < 600)

    def open(self, path, scripts=True):
        """Every error while the page was loaded: messages, and requests for anything but the page itself."""
        self.command("Emulation.setScriptExecutionDisabled", value=not scripts)
        address = "file://" + path
        self.driver.get(address)
        if scripts:
            self.settle()
        messages, requests = self.take_logs()
        return messages + [f"asked for {url[:100]}" for url in requests
                           if url != address and not url.startswith(("data:", "chrome:"))]

    def settle(self):
        """Waits for two frames, in which observers of sizes run."""
        self.driver.execute_async_script("const done = arguments[0]; requestAnimationFrame(() => "
                                         "requestAnimationFrame(done)); setTimeout(done, 500)")

    def key(self, name, code, shift=False):
        for kind in ("rawKeyDown", "keyUp"):
            self.command("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code,
                         modifiers=8 if shift else 0)

    def picture(self, path):
        self.settle()
        size = self.run("return [document.documentElement.clientWidth, document.documentElement.scrollHeight]")
        taken = self.command("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                             clip={"x": 0, "y": 0, "width": size[0], "height": min(size[1], 8000), "scale": 0.5})
        with open(path, "wb") as file:
            file.write(base64.b64decode(taken["data"]))

    def paper(self):
        return base64.b64decode(self.command("Page.printToPDF", printBackground=True)["data"])

    def wait(self, script, seconds=60):
        end = time.monotonic() + seconds
        while not (value := self.run(script)) and time.monotonic() < end:
            time.sleep(0.05)
        return value
